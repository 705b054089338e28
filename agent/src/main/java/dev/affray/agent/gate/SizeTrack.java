package dev.affray.agent.gate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The sizes of one kind of packet: their mean over a moment, and how that mean behaved while the scene was known to be quiet. Sizes are compared by their
 * logarithms, since encoders work in ratios. Not thread-safe.
 */
final class SizeTrack {
    /** Means are remembered this far apart, in seconds: nearer ones say the same. */
    private static final double APART = 0.2;

    /** So many are remembered: two minutes where packets are many. */
    private static final int MEMORY = 600;

    /** How far outside it must be in parts of the range's half. */
    private static final double SPREADS = 0.5;

    private final double length;
    private final double margin;
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
     * Knows nothing yet.
     *
     * @param length of the moment, in seconds
     * @param margin by what factor a mean must leave the usual range, at least
     */
    SizeTrack(double length, double margin) {
        this.length = length;
        this.margin = Math.log(margin);
    }

    /**
     * Takes the next packet.
     *
     * @param grain bytes below which differences mean nothing
     */
    void add(double bytes, double seconds, double grain) {
        double size = bytes + grain;
        moment.addLast(new double[] {seconds, size});
        sum += size;
        while (moment.size() > 1 && moment.getFirst()[0] <= seconds - length) {
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

    /** Begins anew: from now on sizes mean something else. */
    void forget() {
        moment.clear();
        unconfirmed.clear();
        sum = 0;
        count = 0;
        next = 0;
        low = 0;
        middle = 0;
        high = 0;
        stale = false;
    }

    /** How many moments of quiet are remembered. */
    int known() {
        return count;
    }

    /** Whether the sizes of this moment are unlike those of a quiet scene: larger or smaller. */
    boolean unusual() {
        measure();
        if (count == 0) {
            return false;
        }
        double mean = mean();
        return mean > bound() || mean < low - Math.max(margin, SPREADS * (middle - low));
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

    /** How many bytes a packet of a quiet scene must grow by to be unusual. */
    double least() {
        measure();
        return Math.exp(bound()) - Math.exp(middle);
    }

    private double bound() {
        return high + Math.max(margin, SPREADS * (high - middle));
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
