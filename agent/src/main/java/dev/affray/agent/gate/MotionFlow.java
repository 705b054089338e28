package dev.affray.agent.gate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what moved in a stream of small pictures, from each to the next. A gap of more than {@value #LONGEST_STEP} s, a step back in time or another size
 * begins anew. Holds native memory once there are two pictures. For one thread.
 */
public final class MotionFlow implements AutoCloseable {
    /** The longest time between two pictures, in seconds. */
    static final double LONGEST_STEP = 0.5;

    private @Nullable OpticalFlow flow;
    private @Nullable GreyPicture last;
    private double lastSeconds = Double.NaN;

    /**
     * Takes the next picture, and tells what moved since the one before; empty where there is none before.
     *
     * @param seconds when it was taken, on the stream's own line
     */
    public Optional<MotionCells> add(GreyPicture picture, double seconds) {
        GreyPicture before = last;
        double from = lastSeconds;
        double step = seconds - from;
        last = picture;
        lastSeconds = seconds;
        if (before == null || !before.size().equals(picture.size()) || !(step > 0 && step <= LONGEST_STEP)) {
            return Optional.empty();
        }
        float[] ways = search(picture.size()).between(before, picture);
        return Optional.of(MotionCells.of(picture.size(), ways, (float) (0.1 / step), from, seconds));
    }

    /** What comes next has nothing to do with what came before. */
    public void restart() {
        last = null;
        lastSeconds = Double.NaN;
    }

    @Override
    public void close() {
        OpticalFlow open = flow;
        if (open != null) {
            flow = null;
            open.close();
        }
    }

    private OpticalFlow search(GreyPicture.Size size) {
        OpticalFlow search = flow;
        if (search == null || !search.size().equals(size)) {
            close();
            search = new OpticalFlow(size);
            flow = search;
        }
        return search;
    }
}
