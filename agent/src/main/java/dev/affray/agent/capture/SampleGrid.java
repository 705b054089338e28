package dev.affray.agent.capture;

/** Picks pictures off a time line at a steady rate: the first at or after each due time. After a gap it begins anew instead of catching up. For one thread. */
final class SampleGrid {
    /** Time stamps are rounded; a picture this little early is on time. */
    private static final double SLACK = 1e-4;

    private double step;
    private final double early;
    private double due = Double.NaN;

    /**
     * @param step seconds between picks
     * @param early how much before its due time a picture is near enough, in seconds
     */
    SampleGrid(double step, double early) {
        this.step = step;
        this.early = early + SLACK;
    }

    /** From the last pick on, they are so many seconds apart. */
    void every(double seconds) {
        due += seconds - step;
        step = seconds;
    }

    /** Whether {@link #picks} would pick the picture of this time. */
    boolean isDue(double seconds) {
        return Double.isNaN(due) || seconds >= due - early;
    }

    /** Picks the picture of this time, whether it is due or not. */
    void pick(double seconds) {
        due = seconds + step;
    }

    /** Whether to pick the picture of this time, in seconds on any line that never goes back. */
    boolean picks(double seconds) {
        if (!isDue(seconds)) {
            return false;
        }
        if (Double.isNaN(due)) {
            due = seconds;
        }
        due += step;
        if (due <= seconds - early) {
            due = seconds + step;
        }
        return true;
    }
}
