package dev.affray.camera;

/**
 * How often a frame is taken.
 *
 * @param fps frames a second
 */
public record Sampling(double fps) {
    /** Two frames a second: what the default alert rule is made for. */
    public static final Sampling DEFAULT = new Sampling(2);
}
