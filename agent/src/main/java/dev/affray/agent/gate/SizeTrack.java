package dev.affray.agent.gate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The sizes of one kind of packet: their mean over a moment, and how that mean behaved while the scene was known to be quiet. Sizes are compared by their
 * logarithms, since encoders work in ratios. Not thread-safe.
 */
final class SizeTrack {
    /** The moment that sizes are averaged over, in seconds: long enough for patterns such as every third packet being larger. */
    private static final double MOMENT = 0.4;

    /** Means are remembered this far apart, in seconds: nearer ones say the same. */
    private static final double APART = 0.2;

    /** So many are remembered: two minutes where packets are many. */
    private static final int MEMORY = 600;

    /** How far outside of the usual range a mean must be, at least: a tenth. */
    private static final double MARGIN = Math.log(1.1);

    /** How far outside it must be in parts of the range's half. */
    private static final double SPREADS = 0.5;

    private final Deque<double[]> moment = new ArrayDeque<>();
    private final Deque<Double> unconfirmed = new ArrayDeque<>();
    private final double[] remembered = new double[MEMORY];
    private int count;
    private int next;
    private double sum;
    private double markedAt = Double.NEGATIVE_INFINITY;
    private double low;
    private double middle;
    private double high;
    private boolean stale;

    /**
     * Takes the next packet.
     *
     * @param grain bytes below which differences mean nothing
     */
    void add(int bytes, double seconds, double grain) {
        double size = bytes + grain;
        moment.addLast(new double[] {seconds, size});
        sum += size;
        while (moment.size() > 1 && moment.getFirst()[0] <= seconds - MOMENT) {
            sum -= moment.removeFirst()[1];
        }
        if (seconds - markedAt >= APART) {
            markedAt = seconds;
            unconfirmed.addLast(mean());
            if (unconfirmed.size() > MEMORY) {
                unconfirmed.removeFirst();
            }
        }
    }

    /** What came since the last call was of a quiet scene. */
    void confirm() {
        for (double mean : unconfirmed) {
            remembered[next] = mean;
            next = (next + 1) % MEMORY;
            count = Math.min(MEMORY, count + 1);
            stale = true;
        }
        unconfirmed.clear();
    }

    /** What came since the last call may have been anything. */
    void discard() {
        unconfirmed.clear();
    }

    /** How many moments of quiet are remembered. */
    int known() {
        return count;
    }

    /** Whether the sizes of this moment are unlike those of a quiet scene: larger or smaller. */
    boolean unusual() {
        measure();
        double mean = mean();
        return mean > high + Math.max(MARGIN, SPREADS * (high - middle))
                || mean < low - Math.max(MARGIN, SPREADS * (middle - low));
    }

    /** By what factor the sizes of a quiet scene vary upwards. */
    double spread() {
        measure();
        return Math.exp(high - middle);
    }

    /** By what factor they vary altogether. */
    double range() {
        measure();
        return Math.exp(high - low);
    }

    /** The usual size in bytes, with the grain. */
    double usual() {
        measure();
        return Math.exp(middle);
    }

    private double mean() {
        return Math.log(sum / moment.size());
    }

    private void measure() {
        if (!stale) {
            return;
        }
        stale = false;
        double[] sorted = Arrays.copyOf(remembered, count);
        Arrays.sort(sorted);
        low = sorted[(int) (0.02 * (count - 1))];
        middle = sorted[count / 2];
        high = sorted[(int) Math.ceil(0.98 * (count - 1))];
    }
}
