package dev.affray.cloud.console;

import dev.affray.cloud.state.Detection;
import java.time.ZoneId;

/**
 * A frame that was judged.
 *
 * @param url the path under which the console serves it: {@code /frames/} and its S3 key
 * @param at when it was captured
 * @param confidence the detector's, 0 to 100
 * @param label what was seen, in the detector's own words
 */
public record FrameView(String url, Moment at, double confidence, String label) {
    static FrameView of(Detection detection, ZoneId zone) {
        return new FrameView(
                "/frames/" + detection.key().format(),
                Moment.of(detection.frame().capturedAt(), zone),
                detection.confidence(),
                detection.label());
    }
}
