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
 * @param calibration from margins to odds, fitted to all rounds together
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
        Calibration calibration = calibrate(margins);
        List<List<Judged>> rounds = margins.stream()
                .map(round -> round.stream()
                        .map(j -> new Judged(j.clip(), calibration.probability(j.value())))
                        .toList())
                .toList();
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
        List<Figures> perRound = rounds.stream().map(Figures::of).toList();
        List<Figures> drawn = draws(rounds, seed);
        return new Evaluation(
                calibration,
                rounds,
                clips,
                perRound,
                Figures.mean(perRound),
                quantile(drawn, TAIL),
                quantile(drawn, 1 - TAIL));
    }

    /** Platt's: a logistic curve over the margins of clips that the model had not seen; labels a little short of certain. */
    private static Calibration calibrate(List<List<Judged>> margins) {
        List<Judged> all = margins.stream().flatMap(List::stream).toList();
        double[][] rows = new double[all.size()][1];
        double[] hits = new double[all.size()];
        double[] counts = new double[all.size()];
        double fights = all.stream().filter(j -> j.clip().fight()).count() / (double) margins.size();
        double others = all.size() / (double) margins.size() - fights;
        for (int i = 0; i < rows.length; i++) {
            boolean fight = all.get(i).clip().fight();
            rows[i][0] = all.get(i).value();
            hits[i] = fight ? (fights + 1) / (fights + 2) : 1 / (others + 2);
            // Even odds, whatever there is more of in the folder.
            counts[i] = 1 / (fight ? fights : others);
        }
        double[] fit = Logistic.fit(rows, hits, counts, 1e6);
        return new Calibration(Math.max(0, fit[1]), fit[0]);
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
