package dev.affray.health;

import java.time.Instant;
import java.util.List;

/**
 * What a gateway publishes on {@code affray/{thing}/health} every 30 seconds, and at once when a camera changes state.
 *
 * @param thing the gateway
 * @param sentAt when, by the gateway's clock
 * @param last true in the report that an agent sends as it stops
 * @param gateway its own condition
 * @param cameras each camera's
 */
public record HealthReport(
        String thing, Instant sentAt, boolean last, GatewayHealth gateway, List<CameraHealth> cameras) {
    public HealthReport {
        cameras = List.copyOf(cameras);
    }

    /** The topic of a gateway's health. */
    public static String topic(String thing) {
        return "affray/" + thing + "/health";
    }
}
