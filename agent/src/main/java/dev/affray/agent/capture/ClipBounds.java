package dev.affray.agent.capture;

import java.time.Duration;

/**
 * How much compressed video of a camera is kept in memory, for clips.
 *
 * @param span at least so much, as far as {@code maxBytes} allow it
 * @param maxBytes never more
 */
public record ClipBounds(Duration span, long maxBytes) {
    /** Nothing is kept. */
    public static final ClipBounds OFF = new ClipBounds(Duration.ZERO, 0);

    /** Half a minute of 4 Mb/s. */
    public static final ClipBounds DEFAULT = new ClipBounds(Duration.ofSeconds(30), 16L * 1024 * 1024);

    /** @throws IllegalArgumentException when one of them is negative */
    public ClipBounds {
        if (span.isNegative() || maxBytes < 0) {
            throw new IllegalArgumentException("bounds: must not be negative");
        }
    }

    /** Whether nothing is kept: either of them is zero. */
    public boolean isOff() {
        return span.isZero() || maxBytes == 0;
    }
}
