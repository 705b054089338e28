package dev.affray.incident;

import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import java.util.Comparator;

/**
 * A frame that proves an incident.
 *
 * @param key its S3 key
 * @param confidence the detector's, 0 to 100
 */
public record BestFrame(String key, double confidence) {
    /** The strongest first; among equals the earliest. A total order, so that the best few of a set do not depend on how it was gathered. */
    public static final Comparator<BestFrame> STRONGEST_FIRST = Comparator.comparingDouble(BestFrame::confidence)
            .reversed()
            .thenComparing(best -> best.frame().position())
            .thenComparing(BestFrame::key);

    /** The frame that the key names. */
    public Frame frame() {
        return FrameKey.parse(key).frame();
    }
}
