package dev.affray.agent.training;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A share of clips, each played once or more often.
 *
 * @param low the lower end of the interval that holds it in nine of ten draws of as many sources from these, with replacement
 * @param high the upper end. Draws say nothing where no clip is a hit, or each: then it, or {@code low}, is that of Clopper and Pearson, as if clips were independent
 */
record Share(double value, double low, double high) {
    private static final int DRAWS = 1000;
    private static final double TAIL = 0.05;

    /** Whether a play of a clip is a hit. */
    record Play(LabelledClip clip, boolean hit) {}

    /**
     * That of hits.
     *
     * @param plays at least one
     * @param seed by which sources are drawn: the same draws for the same sources
     */
    static Share of(List<Play> plays, long seed) {
        TreeMap<String, double[]> sources = new TreeMap<>();
        for (Play play : plays) {
            double[] counts = sources.computeIfAbsent(play.clip().source(), _ -> new double[2]);
            counts[0]++;
            counts[1] += play.hit() ? 1 : 0;
        }
        double hits = plays.stream().filter(Play::hit).count();
        double[] drawn = drawn(List.copyOf(sources.values()), seed);
        long clips = plays.stream().map(Play::clip).distinct().count();
        double end = Math.pow(TAIL, 1.0 / clips);
        return new Share(
                hits / plays.size(),
                hits == plays.size() ? end : drawn[(int) Math.round(TAIL * (DRAWS - 1))],
                hits == 0 ? 1 - end : drawn[(int) Math.round((1 - TAIL) * (DRAWS - 1))]);
    }

    private static double[] drawn(List<double[]> sources, long seed) {
        Random random = new Random(seed);
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double all = 0;
            double hits = 0;
            for (int i = 0; i < sources.size(); i++) {
                double[] counts = sources.get(random.nextInt(sources.size()));
                all += counts[0];
                hits += counts[1];
            }
            drawn[draw] = hits / all;
        }
        Arrays.sort(drawn);
        return drawn;
    }
}
