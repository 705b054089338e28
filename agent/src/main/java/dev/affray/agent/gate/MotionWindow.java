package dev.affray.agent.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last {@value #SECONDS} s of a stream of small pictures, as numbers. What two consecutive pictures tell is computed once, when the later one comes. A gap
 * of more than {@value #LONGEST_STEP} s, or a step back in time, begins anew.
 *
 * <p>Holds native memory once there are two pictures. For one thread.
 */
public final class MotionWindow implements AutoCloseable {
    /** How long it is, in seconds. */
    public static final double SECONDS = 2;

    /** From so much on it can be described, in seconds: clips and streams begin with less than all of it. */
    public static final double LEAST_SECONDS = 0.8;

    /** And from so many pictures on. */
    public static final int LEAST_PICTURES = 8;

    /** The longest time between two pictures, in seconds. */
    static final double LONGEST_STEP = 0.5;

    /** Time stamps are rounded. */
    private static final double SLACK = 0.005;

    private final Deque<FlowStep> steps = new ArrayDeque<>();
    private final float[] ways = new float[2 * GreyPicture.WIDTH * GreyPicture.HEIGHT];
    private @Nullable OpticalFlow flow;
    private @Nullable GreyPicture last;
    private double lastSeconds = Double.NaN;
    private double beganSeconds = Double.NaN;

    /**
     * Takes the next picture.
     *
     * @param seconds when it was taken, on the stream's own line
     */
    public void add(GreyPicture picture, double seconds) {
        double step = seconds - lastSeconds;
        GreyPicture before = last;
        if (before == null || !(step > 0 && step <= LONGEST_STEP)) {
            steps.clear();
            beganSeconds = seconds;
        } else {
            OpticalFlow search = flow == null ? new OpticalFlow() : flow;
            flow = search;
            search.between(before, picture, ways);
            steps.addLast(FlowStep.of(before, picture, ways, (float) (0.1 / step), seconds));
            while (steps.getFirst().seconds <= seconds - SECONDS + SLACK) {
                steps.removeFirst();
            }
        }
        last = picture;
        lastSeconds = seconds;
    }

    /** What comes next has nothing to do with what came before. */
    public void restart() {
        last = null;
        steps.clear();
        lastSeconds = Double.NaN;
        beganSeconds = Double.NaN;
    }

    /** Whether it is as long as it gets. */
    public boolean isFull() {
        return lastSeconds - beganSeconds >= SECONDS - SLACK;
    }

    /** The numbers, see {@link FlowFeatures}; none while there is too little. */
    public Optional<float[]> features() {
        boolean enough = lastSeconds - beganSeconds >= LEAST_SECONDS - SLACK && steps.size() >= LEAST_PICTURES - 1;
        return enough ? Optional.of(FlowFeatures.of(new ArrayList<>(steps))) : Optional.empty();
    }

    @Override
    public void close() {
        OpticalFlow open = flow;
        if (open != null) {
            flow = null;
            open.close();
        }
    }
}
