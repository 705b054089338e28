package dev.affray.agent.capture;

import java.util.OptionalLong;

/**
 * How late the packets of a live stream are read, beside the one of the last minute that was read soonest after its time stamp: what the network, the
 * camera and this machine keep a packet waiting. How late that soonest one was nobody knows; older ones tell nothing, since the camera's clock runs at its own pace. For one
 * thread.
 */
final class PacketLag {
    /** A step of more than this between two time stamps, in seconds, begins a new line of them, as does a step back. */
    private static final double LEAP = 10;

    private static final double HALF_A_MINUTE = 30;
    private static final double NANOS = 1e9;
    private double stamp = Double.NaN;
    private double soonest = Double.NaN;
    private double soonestBefore = Double.NaN;
    private double sinceSeconds;

    /**
     * How late a packet is, in nanoseconds; empty for one without a time stamp.
     *
     * @param seconds when it is to be decoded; NaN where that is not known
     * @param readNanos when it was read, by the monotonic clock
     */
    OptionalLong of(double seconds, long readNanos) {
        if (Double.isNaN(seconds)) {
            return OptionalLong.empty();
        }
        double now = readNanos / NANOS;
        double delay = now - seconds;
        double step = seconds - stamp;
        if (!(step >= 0 && step <= LEAP)) {
            soonest = delay;
            soonestBefore = delay;
            sinceSeconds = now;
        } else if (now - sinceSeconds > HALF_A_MINUTE) {
            soonestBefore = soonest;
            soonest = delay;
            sinceSeconds = now;
        }
        stamp = seconds;
        soonest = Math.min(soonest, delay);
        return OptionalLong.of((long) ((delay - Math.min(soonest, soonestBefore)) * NANOS));
    }
}
