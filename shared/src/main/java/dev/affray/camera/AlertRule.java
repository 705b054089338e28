package dev.affray.camera;

import java.time.Duration;

/**
 * When a camera's detections are a fight: at least {@code positives} distinct slots of {@code slot}, each with a frame at or above {@code
 * minConfidence}, within {@code within} of capture time. Frames below it never count against it, so a late or missing frame can neither fake nor undo an
 * alarm.
 *
 * @param positives distinct slots needed
 * @param slot the length of a slot
 * @param within how close together, in capture time
 * @param minConfidence 0 to 100
 * @param closeAfter alarms with gaps of at most this are one incident
 * @param maxLag a frame older than this does not raise a live alarm; shorter than {@code closeAfter}
 */
public record AlertRule(
        int positives, Duration slot, Duration within, double minConfidence, Duration closeAfter, Duration maxLag) {
    public static final AlertRule DEFAULT = new AlertRule(
            3, Duration.ofMillis(500), Duration.ofMillis(2500), 60, Duration.ofSeconds(60), Duration.ofSeconds(20));
}
