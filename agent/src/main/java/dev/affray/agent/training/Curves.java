package dev.affray.agent.training;

import dev.affray.agent.training.Plot.Point;
import java.util.ArrayList;
import java.util.List;

/** The diagrams of the report, by the probabilities of all clips. */
final class Curves {
    private static final int BANDS = 10;

    private Curves() {}

    /** What share of fights is found at which price in false alarms. */
    static Plot roc(List<Judged> judged) {
        double fights = count(judged, true);
        double others = count(judged, false);
        List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        double found = 0;
        double wrong = 0;
        for (Judged clip : Figures.ranked(judged)) {
            found += clip.clip().fight() ? 1 : 0;
            wrong += clip.clip().fight() ? 0 : 1;
            points.add(new Point(wrong / others, found / fights));
        }
        return new Plot("ROC", "others taken for fights", "fights found")
                .dashed(new Point(0, 0), new Point(1, 1))
                .curve(points);
    }

    /** What share of what is taken for a fight is one. */
    static Plot precisionRecall(List<Judged> judged) {
        double fights = count(judged, true);
        List<Point> points = new ArrayList<>();
        double found = 0;
        int taken = 0;
        for (Judged clip : Figures.ranked(judged)) {
            found += clip.clip().fight() ? 1 : 0;
            taken++;
            points.add(new Point(found / fights, found / taken));
        }
        double base = fights / judged.size();
        return new Plot("Precision and recall", "fights found", "alarms that are fights")
                .dashed(new Point(0, base), new Point(1, base))
                .curve(points);
    }

    /** Whether of the clips with a score of so many percent so many percent are fights. */
    static Plot calibration(List<Judged> judged) {
        Plot plot = new Plot("Calibration", "score", "share that are fights").dashed(new Point(0, 0), new Point(1, 1));
        for (int band = 0; band < BANDS; band++) {
            double from = band / (double) BANDS;
            double to = (band + 1) / (double) BANDS + (band == BANDS - 1 ? 1 : 0);
            List<Judged> inside = judged.stream()
                    .filter(j -> j.value() >= from && j.value() < to)
                    .toList();
            if (!inside.isEmpty()) {
                double mean =
                        inside.stream().mapToDouble(Judged::value).average().orElseThrow();
                plot.dot(
                        new Point(mean, count(inside, true) / inside.size()),
                        1.5 + Math.sqrt(inside.size()),
                        inside.size() + " clips");
            }
        }
        return plot;
    }

    private static double count(List<Judged> judged, boolean fight) {
        return judged.stream().filter(j -> j.clip().fight() == fight).count();
    }
}
