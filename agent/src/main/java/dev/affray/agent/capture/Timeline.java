package dev.affray.agent.capture;

/**
 * The time line of a video that may begin again: it starts at 0 and only goes forward. Where the video's own time stamps are missing, go back or leap, a
 * picture follows the one before by the usual distance. For one thread.
 */
final class Timeline {
    /** A longer pause than this, in seconds, is taken for a leap. */
    private static final double LEAP = 10;

    private double stamp = Double.NaN;
    private double at = Double.NaN;

    /** The video begins again. */
    void restart() {
        stamp = Double.NaN;
    }

    /** So many seconds of the video are left out. */
    void pause(double seconds) {
        stamp = Double.NaN;
        at += seconds;
    }

    /**
     * Where the next picture belongs, in seconds.
     *
     * @param seconds its time stamp; NaN when it has none
     * @param usual seconds between two pictures
     */
    double place(double seconds, double usual) {
        double step = seconds - stamp;
        boolean plausible = step > 0 && step <= Math.max(LEAP, 3 * usual);
        if (Double.isNaN(at)) {
            at = 0;
        } else {
            at += plausible ? step : usual;
        }
        stamp = seconds;
        return at;
    }
}
