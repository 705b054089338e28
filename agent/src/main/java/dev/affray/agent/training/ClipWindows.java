package dev.affray.agent.training;

import dev.affray.agent.score.FilmWindows.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a clip.
 *
 * @param counting its windows that count, one at least, as it is
 * @param others the same of other views of it, to train on
 * @param seconds how long it is
 * @param cpuSeconds what computing {@code counting} took, decoding included
 */
record ClipWindows(LabelledClip clip, List<Window> counting, List<Window> others, double seconds, double cpuSeconds) {
    /** To train on one window in so many seconds is enough: nearer ones are much the same. */
    private static final double APART = 0.4;

    ClipWindows {
        counting = List.copyOf(counting);
        others = List.copyOf(others);
    }

    /** What the clip adds to training. */
    List<float[]> training() {
        List<float[]> rows = new ArrayList<>();
        double last = Double.POSITIVE_INFINITY;
        for (List<Window> windows : List.of(counting, others)) {
            for (Window window : windows) {
                if (window.seconds() < last || window.seconds() - last >= APART - 1e-6) {
                    rows.add(window.features());
                    last = window.seconds();
                }
            }
            last = Double.POSITIVE_INFINITY;
        }
        return rows;
    }
}
