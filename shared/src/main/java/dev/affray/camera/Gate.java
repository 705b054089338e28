package dev.affray.camera;

import java.time.Duration;

/**
 * What keeps pictures in which nothing happens from being sent, and even from being decoded.
 *
 * @param packets whether the sizes of compressed packets may say that nothing happens
 * @param motion whether a small grey picture may
 * @param duplicates whether a picture like the one that was sent last is skipped
 * @param keepAlive while nothing happens, one frame is still sent each time this has passed
 */
public record Gate(boolean packets, boolean motion, boolean duplicates, Duration keepAlive) {
    public static final Gate DEFAULT = new Gate(true, true, true, Duration.ofMinutes(1));
}
