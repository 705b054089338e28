package dev.affray.agent.gate;

import java.util.Arrays;

/**
 * Picks pictures off a stream of any rate, about ten a second and evenly: all, every second, every third and so on. Which rate it is shows from the time
 * stamps. Below {@value #LEAST_RATE} a second none is picked. Not thread-safe.
 */
public final class PicturePace {
    /** Pictures a second that a stream must have. */
    public static final int LEAST_RATE = 8;

    /** Time stamps and rates are not exact. */
    private static final double TOLERANCE = 0.05;

    private static final double WANTED_SECONDS = 0.1;

    /** So many distances are remembered, and so many must be known. */
    private static final int REMEMBERED = 16;

    private static final int ENOUGH = 8;

    /** Rounds so that no usual rate (10, 12, 15, 20, 25, 30, 50, 60) is near where another divisor begins: of 15 and 25 a second, 7.5 and 8.3. */
    private static final double ROUNDING = 0.55;

    private final double[] distances = new double[REMEMBERED];
    private int known;
    private double usual;
    private double lastSeconds = Double.NaN;
    private double pickedSeconds = Double.NaN;

    /** @param usual seconds between two pictures, as far as the stream says; what its time stamps say counts more */
    public PicturePace(double usual) {
        this.usual = usual;
    }

    /**
     * Whether to pick the next picture.
     *
     * @param seconds its time stamp
     */
    public boolean picks(double seconds) {
        double step = seconds - lastSeconds;
        if (step == 0) {
            return false;
        }
        lastSeconds = seconds;
        if (!(step > 0 && step <= MotionFlow.LONGEST_STEP)) {
            known = step > 0 ? known(step) : known;
            pickedSeconds = seconds;
            return !isTooSlow();
        }
        known = known(step);
        if (isTooSlow() || seconds - pickedSeconds < (every() - 0.5) * usual) {
            return false;
        }
        pickedSeconds = seconds;
        return true;
    }

    /** One picture in so many is picked. */
    public int every() {
        return (int) Math.max(1, Math.floor(WANTED_SECONDS / usual + ROUNDING));
    }

    /** Whether there are too few pictures a second. */
    public boolean isTooSlow() {
        return usual > (1 + TOLERANCE) / LEAST_RATE;
    }

    /** Pictures a second. */
    public double rate() {
        return 1 / usual;
    }

    private int known(double distance) {
        distances[known % REMEMBERED] = distance;
        int count = known + 1;
        if (count >= ENOUGH) {
            double[] sorted = Arrays.copyOf(distances, Math.min(count, REMEMBERED));
            Arrays.sort(sorted);
            usual = sorted[sorted.length / 2];
        }
        // Wraps around long before it overflows, and stays above what is enough.
        return count == 64 * REMEMBERED ? REMEMBERED : count;
    }
}
