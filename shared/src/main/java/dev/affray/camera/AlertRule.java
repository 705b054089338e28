package dev.affray.camera;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a camera's detections are a fight: at least {@code positives} distinct slots of {@code slot}, each with a frame at or above the least confidence, within
 * {@code within} of capture time. Frames below it never count against it, so a late or missing frame can neither fake nor undo an alarm.
 *
 * @param positives distinct slots needed; absent for as many as the detector needs, see {@link #positives(String)}
 * @param slot the length of a slot
 * @param within how close together, in capture time
 * @param minConfidence 0 to 100; absent for that of the detector, see {@link #minConfidence(String)}
 * @param closeAfter alarms with gaps of at most this are one incident
 * @param maxLag a frame older than this does not raise a live alarm; shorter than {@code closeAfter}
 * @param joinWithin fights on neighbouring cameras that begin within this of each other are announced as one; zero for never
 * @param announceClose whether people are told when a fight is over
 */
public record AlertRule(
        OptionalInt positives,
        Duration slot,
        Duration within,
        OptionalDouble minConfidence,
        Duration closeAfter,
        Duration maxLag,
        Duration joinWithin,
        boolean announceClose) {
    /** How close together fights on neighbouring cameras are announced as one, where the rule does not say. */
    public static final Duration USUAL_JOIN = Duration.ofSeconds(60);

    public static final AlertRule DEFAULT = new AlertRule(
            OptionalInt.empty(),
            Duration.ofMillis(500),
            Duration.ofMillis(2500),
            OptionalDouble.empty(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20));

    /** One that joins neighbours as usual, and does not tell of the end. */
    public AlertRule(
            OptionalInt positives,
            Duration slot,
            Duration within,
            OptionalDouble minConfidence,
            Duration closeAfter,
            Duration maxLag) {
        this(positives, slot, within, minConfidence, closeAfter, maxLag, USUAL_JOIN, false);
    }

    /** The name of the detector that takes the gateway's own score. */
    public static final String EDGE_SCORE = "edge-score";

    /** The least edge score that counts where the rule says none: at 50 it is as likely a fight as not. */
    public static final double EDGE_SCORE_CONFIDENCE = 85;

    /** How many slots the edge score needs where the rule does not say: it judges two seconds at once, so that two slots are more than two pictures. */
    public static final int EDGE_SCORE_POSITIVES = 2;

    /** The least confidence of any other detector. */
    public static final double USUAL_CONFIDENCE = 60;

    /** How many slots any other detector needs. */
    public static final int USUAL_POSITIVES = 3;

    /** From which confidence on a frame counts that this detector judged: what the rule says, otherwise what is usual for the detector. */
    public double minConfidence(String detector) {
        return minConfidence.orElse(detector.equals(EDGE_SCORE) ? EDGE_SCORE_CONFIDENCE : USUAL_CONFIDENCE);
    }

    /** How many slots are needed of frames that this detector judged: what the rule says, otherwise what is usual for the detector. */
    public int positives(String detector) {
        return positives.orElse(detector.equals(EDGE_SCORE) ? EDGE_SCORE_POSITIVES : USUAL_POSITIVES);
    }

    /** Frames a second without which the rule never holds, whichever detector judges. */
    public double leastFps() {
        return (positives.orElse(USUAL_POSITIVES) - 1) * 1000.0 / within.toMillis();
    }
}
