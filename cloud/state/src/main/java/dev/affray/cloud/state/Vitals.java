package dev.affray.cloud.state;

import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's reports add up to, by the cloud's own clock: the gateway's may be wrong. A store keeps it beside the newest report.
 *
 * @param heardAt when the newest report came
 * @param heardSince since when reports come without a gap of more than {@link GatewayRecord#SILENT_AFTER}
 * @param cameras how each camera of the newest report stands, by its id. One that a report leaves out is forgotten
 */
public record Vitals(Instant heardAt, Instant heardSince, Map<String, Standing> cameras) {
    public Vitals {
        cameras = Map.copyOf(cameras);
    }

    /**
     * After one more report.
     *
     * @param earlier absent before the first
     * @param now when it came
     */
    public static Vitals after(@Nullable Vitals earlier, HealthReport report, Instant now) {
        Instant heardAt = now.truncatedTo(ChronoUnit.MILLIS);
        Vitals kept = earlier == null || isGap(earlier.heardAt, heardAt) ? null : earlier;
        Map<String, Standing> cameras = new TreeMap<>();
        for (CameraHealth camera : report.cameras()) {
            Standing before = kept == null ? null : kept.cameras.get(camera.camera());
            cameras.put(camera.camera(), Standing.after(before, camera, report, heardAt));
        }
        return new Vitals(heardAt, kept == null ? heardAt : kept.heardSince, cameras);
    }

    private static boolean isGap(Instant from, Instant to) {
        return Duration.between(from, to).compareTo(GatewayRecord.SILENT_AFTER) > 0;
    }
}
