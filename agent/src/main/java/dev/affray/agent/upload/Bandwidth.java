package dev.affray.agent.upload;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A cap on bytes a second. A frame may begin when all that began before it has had its time, so over any stretch of time no more goes than the cap allows
 * and one frame besides; idle time is not saved up. Thread-safe.
 */
final class Bandwidth {
    private final double nanosPerByte;
    private final LongSupplier nanos;
    private long freeNanos;

    /** @param nanos a monotonic clock */
    Bandwidth(long bytesPerSecond, LongSupplier nanos) {
        this.nanosPerByte = (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        this.nanos = nanos;
        this.freeNanos = nanos.getAsLong();
    }

    /** How long until the next frame may begin; not positive when it may now. */
    synchronized long leftNanos() {
        return freeNanos - nanos.getAsLong();
    }

    /** A frame begins. */
    synchronized void spend(long bytes) {
        long now = nanos.getAsLong();
        freeNanos = (freeNanos - now > 0 ? freeNanos : now) + (long) (bytes * nanosPerByte);
    }
}
