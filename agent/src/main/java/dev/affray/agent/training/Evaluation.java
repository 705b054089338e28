package dev.affray.agent.training;

import dev.affray.agent.gate.ScoreModel.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What cross-validation came to.
 *
 * @param calibration from margins to odds, fitted to each clip's mean over the rounds
 * @param rounds every clip with its probability, for each round
 * @param clips every clip with the mean of its probabilities over the rounds
 * @param figures the means over the rounds
 * @param low the lower ends of the intervals that hold the figures in nine of ten draws of as many sources from these, with replacement
 * @param high the upper ends
 */
record Evaluation(
        Calibration calibration,
        List<List<Judged>> rounds,
        List<Judged> clips,
        List<Figures> perRound,
        Figures figures,
        Figures low,
        Figures high) {
    private static final int DRAWS = 1000;
    private static final double TAIL = 0.05;

    /** @param margins for each round every clip with its margin */
    static Evaluation of(List<List<Judged>> margins, long seed) {
        Calibration calibration = Platt.fit(means(margins));
        List<List<Judged>> rounds = margins.stream()
                .map(round -> round.stream()
                        .map(j -> new Judged(j.clip(), calibration.probability(j.value())))
                        .toList())
                .toList();
        List<Figures> perRound = rounds.stream().map(Figures::of).toList();
        List<Figures> drawn = draws(rounds, seed);
        return new Evaluation(
                calibration,
                rounds,
                means(rounds),
                perRound,
                Figures.mean(perRound),
                quantile(drawn, TAIL),
                quantile(drawn, 1 - TAIL));
    }

    /** Every clip with the mean of its values over the rounds. */
    private static List<Judged> means(List<List<Judged>> rounds) {
        List<Judged> clips = new ArrayList<>();
        for (int i = 0; i < rounds.getFirst().size(); i++) {
            int clip = i;
            clips.add(new Judged(
                    rounds.getFirst().get(i).clip(),
                    rounds.stream()
                            .mapToDouble(round -> round.get(clip).value())
                            .average()
                            .orElseThrow()));
        }
        return clips;
    }

    private static List<Figures> draws(List<List<Judged>> rounds, long seed) {
        Map<String, List<Integer>> sources = new TreeMap<>();
        List<Judged> first = rounds.getFirst();
        for (int i = 0; i < first.size(); i++) {
            sources.computeIfAbsent(first.get(i).clip().source(), _ -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> members = List.copyOf(sources.values());
        Random random = new Random(seed);
        List<Figures> drawn = new ArrayList<>();
        while (drawn.size() < DRAWS) {
            List<Integer> picked = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                picked.addAll(members.get(random.nextInt(members.size())));
            }
            long fights =
                    picked.stream().filter(i -> first.get(i).clip().fight()).count();
            if (fights > 0 && fights < picked.size()) {
                drawn.add(Figures.mean(rounds.stream()
                        .map(round -> Figures.of(picked.stream().map(round::get).toList()))
                        .toList()));
            }
        }
        return drawn;
    }

    private static Figures quantile(List<Figures> drawn, double share) {
        int place = (int) Math.round(share * (drawn.size() - 1));
        return new Figures(
                drawn.stream().mapToDouble(Figures::auc).sorted().toArray()[place],
                drawn.stream().mapToDouble(Figures::accuracy).sorted().toArray()[place],
                drawn.stream().mapToDouble(Figures::recall).sorted().toArray()[place]);
    }
}
