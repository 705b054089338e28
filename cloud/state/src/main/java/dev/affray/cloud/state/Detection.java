package dev.affray.cloud.state;

import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;

/**
 * A detector's word on one frame, stored once.
 *
 * @param key where the picture is
 * @param line the line it counts on: live only when it came under {@code live/} and was seen in time
 * @param label what was seen, in the detector's own words
 * @param confidence 0 to 100
 * @param detector which detector said so
 */
public record Detection(FrameKey key, Line line, String label, double confidence, String detector) {
    /** @throws IllegalArgumentException when the confidence is not 0 to 100 */
    public Detection {
        if (!(confidence >= 0 && confidence <= 100)) {
            throw new IllegalArgumentException("confidence " + confidence + " is not 0 to 100");
        }
    }

    /** The frame it is about. */
    public Frame frame() {
        return key.frame();
    }

    /** Where the frame was taken: the partition of its detections. */
    public CameraId camera() {
        return frame().camera();
    }
}
