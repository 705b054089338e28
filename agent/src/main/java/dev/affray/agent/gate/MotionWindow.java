package dev.affray.agent.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;

/**
 * The last {@value #STEPS} steps of a stream, about two seconds, as numbers. What is in a step is encoded once, when it comes. A step that does not follow the
 * one before begins anew. For one thread.
 */
public final class MotionWindow {
    /** Pictures that a first description needs. */
    public static final int LEAST_PICTURES = MotionPatches.STEPS + 1;

    /** And from so long after the first of them on, in seconds: clips and streams begin with less than a window. */
    public static final double LEAST_SECONDS = 0.7;

    private static final int STEPS = 20;

    /** One window in so many steps stands for those between. */
    private static final int HOP = 5;

    /** Time stamps are rounded. */
    private static final double SLACK = 0.005;

    private final Codebook codebook;
    private final Deque<MotionCells> patch = new ArrayDeque<>();
    private final Deque<MotionMoment> moments = new ArrayDeque<>();
    private double began = Double.NaN;
    private double seconds = Double.NaN;
    private int steps;

    public MotionWindow(Codebook codebook) {
        this.codebook = codebook;
    }

    /** Takes the next step. */
    public void add(MotionCells step) {
        if (patch.isEmpty() || !step.follows(patch.getLast())) {
            restart();
            began = step.from();
        }
        steps++;
        seconds = step.seconds();
        patch.addLast(step);
        if (patch.size() > MotionPatches.STEPS) {
            patch.removeFirst();
        }
        if (patch.size() == MotionPatches.STEPS) {
            moments.addLast(new MotionMoment(codebook, new MotionPatches(new ArrayList<>(patch))));
        }
        if (moments.size() > STEPS - MotionPatches.STEPS + 1) {
            moments.removeFirst();
        }
    }

    /** What comes next has nothing to do with what came before. */
    public void restart() {
        patch.clear();
        moments.clear();
        steps = 0;
        began = Double.NaN;
        seconds = Double.NaN;
    }

    /** Whether it is one of the windows that stand for a whole film: as long as it gets, and some steps after the one before. */
    public boolean counts() {
        return steps >= STEPS && (steps - STEPS) % HOP == 0;
    }

    /** The numbers, see {@link FisherVector}; none while there is too little. */
    public Optional<float[]> features() {
        boolean enough = seconds - began >= LEAST_SECONDS - SLACK && !moments.isEmpty();
        return enough ? Optional.of(FisherVector.of(moments, codebook)) : Optional.empty();
    }
}
