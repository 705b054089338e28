package dev.affray.agent.capture;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Capture times: the wall clock in whole milliseconds, always later than the one before. When the wall clock is set back, they go on at nine tenths of its
 * pace until it has caught up, so that frames keep their distances. For one thread.
 */
final class CaptureClock {
    private final Clock clock;
    private final LongSupplier nanos;
    private Instant last = Instant.EPOCH;
    private long lastNanos;

    /** @param nanos the monotonic clock */
    CaptureClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /** What the wall clock says of a moment ago, whether it was set since or not. */
    Instant wallBefore(long ageNanos) {
        return clock.instant().minusNanos(ageNanos);
    }

    /** The time of a picture that was taken a moment ago. */
    Instant takenBefore(long ageNanos) {
        return taken(wallBefore(ageNanos), ageNanos);
    }

    /** The same, of what the wall clock was found to say of that moment. */
    Instant taken(Instant found, long ageNanos) {
        Instant wall = found.truncatedTo(ChronoUnit.MILLIS);
        long now = nanos.getAsLong() - ageNanos;
        if (!wall.isAfter(last)) {
            long elapsedMillis = (now - lastNanos) / 1_000_000;
            wall = last.plusMillis(Math.max(1, elapsedMillis * 9 / 10));
        }
        last = wall;
        lastNanos = now;
        return wall;
    }
}
