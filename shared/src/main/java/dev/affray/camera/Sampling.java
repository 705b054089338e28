package dev.affray.camera;

import java.time.Duration;

/**
 * How often a frame is taken.
 *
 * @param mode what is decoded while nothing happens
 * @param fps frames a second while nothing happens; most of them are then found not worth sending
 * @param activeFps frames a second while something happens; not less than {@code fps}
 * @param hold for how long after the last activity something counts as happening
 */
public record Sampling(Mode mode, double fps, double activeFps, Duration hold) {
    /** What is decoded while nothing happens. Once something does, everything is. */
    public enum Mode {
        /** Whatever the rate needs. */
        INTERVAL,

        /** Key pictures only: cheaper, but what comes and goes between two of them may not be seen. */
        KEYFRAMES
    }

    public static final Sampling DEFAULT = new Sampling(Mode.INTERVAL, 2, 4, Duration.ofSeconds(10));
}
