package dev.affray.agent.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well judgements tell fights from others.
 *
 * @param auc the chance that of a fight and another clip the fight is judged higher
 * @param accuracy share that is right when 0.5 decides
 * @param recall share of fights found where at most one in ten others is taken for one
 */
record Figures(double auc, double accuracy, double recall) {
    /** The share of others that {@code recall} allows. */
    static final double FALSE_ALARMS = 0.1;

    /** By probabilities, with a fight and another clip at least. */
    static Figures of(List<Judged> judged) {
        double[] fights = values(judged, true);
        double[] others = values(judged, false);
        double right = Arrays.stream(fights).filter(p -> p >= 0.5).count()
                + (double) Arrays.stream(others).filter(p -> p < 0.5).count();
        double bar = others[others.length - 1 - (int) (FALSE_ALARMS * others.length)];
        double found = Arrays.stream(fights).filter(p -> p > bar).count();
        return new Figures(auc(fights, others), right / judged.size(), found / fights.length);
    }

    /** The mean of several. */
    static Figures mean(List<Figures> figures) {
        return new Figures(
                mean(figures, Figures::auc), mean(figures, Figures::accuracy), mean(figures, Figures::recall));
    }

    private static double mean(List<Figures> figures, ToDoubleFunction<Figures> figure) {
        return figures.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static double[] values(List<Judged> judged, boolean fight) {
        return judged.stream()
                .filter(j -> j.clip().fight() == fight)
                .mapToDouble(Judged::value)
                .sorted()
                .toArray();
    }

    /** Both in ascending order. */
    private static double auc(double[] fights, double[] others) {
        double above = 0;
        int below = 0;
        int same = 0;
        for (double fight : fights) {
            while (below < others.length && others[below] < fight) {
                below++;
            }
            same = Math.max(same, below);
            while (same < others.length && others[same] <= fight) {
                same++;
            }
            above += (below + same) / 2.0;
        }
        return above / fights.length / others.length;
    }

    /** From the highest to the lowest. */
    static List<Judged> ranked(List<Judged> judged) {
        return judged.stream()
                .sorted(Comparator.comparingDouble(Judged::value)
                        .reversed()
                        .thenComparing(j -> j.clip().name()))
                .toList();
    }
}
