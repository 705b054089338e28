package dev.affray.cloud.state;

import dev.affray.incident.BestFrame;
import dev.affray.incident.Severity;
import java.time.Instant;
import java.util.List;

/**
 * A capture time at which a camera's alert rule holds.
 *
 * @param at the capture time
 * @param severity high when the rule also holds with twice the positives in twice the time
 * @param bestFrames the strongest of the frames that make it hold, never empty
 */
public record Trigger(Instant at, Severity severity, List<BestFrame> bestFrames) {
    public Trigger {
        bestFrames = List.copyOf(bestFrames);
        if (bestFrames.isEmpty()) {
            throw new IllegalArgumentException("a trigger without a frame");
        }
    }
}
