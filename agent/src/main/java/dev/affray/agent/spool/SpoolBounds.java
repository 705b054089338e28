package dev.affray.agent.spool;

import java.time.Duration;

/**
 * How much the spool may hold, over all cameras. Beyond either bound the oldest frames are evicted.
 *
 * @param maxBytes of pictures on disk
 * @param maxAge since a frame was spooled
 */
public record SpoolBounds(long maxBytes, Duration maxAge) {
    public static final SpoolBounds DEFAULT = new SpoolBounds(2048L * 1024 * 1024, Duration.ofHours(24));
}
