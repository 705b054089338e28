package dev.affray.agent.spool;

import java.time.Duration;

/**
 * How much the spool may hold, over all cameras.
 *
 * @param maxBytes on disk: frames, what is being written, and what is kept aside. Beyond it the oldest frames are evicted
 * @param maxAge since a frame was spooled. Beyond it the frame is evicted
 * @param minFreeBytes to be left on the disk. Below it a new frame takes the place of the oldest ones, and is refused where there are none
 */
public record SpoolBounds(long maxBytes, Duration maxAge, long minFreeBytes) {
    private static final long MEGABYTE = 1024 * 1024;

    public static final SpoolBounds DEFAULT = new SpoolBounds(2048 * MEGABYTE, Duration.ofHours(24), 512 * MEGABYTE);
}
