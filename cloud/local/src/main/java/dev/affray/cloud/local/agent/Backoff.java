package dev.affray.cloud.local.agent;

import java.time.Duration;

/**
 * How long to wait before a dead child is started again: doubled from the first to the longest, and from the beginning after a long life.
 *
 * @param settled a life this long counts as a success
 */
record Backoff(Duration first, Duration longest, Duration settled) {
    static final Backoff USUAL = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** The next wait, after the last one ({@link Duration#ZERO} at first) and a life. */
    Duration after(Duration lastWait, Duration lived) {
        if (lastWait.isZero() || lived.compareTo(settled) >= 0) {
            return first;
        }
        Duration doubled = lastWait.multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
