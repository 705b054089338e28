package dev.affray.agent.status;

import dev.affray.health.CameraHealth;
import dev.affray.health.HealthReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page and the metrics are made of: one health report, and what is known here beside it.
 *
 * @param report of this moment
 * @param up since the agent began, by the monotonic clock
 * @param connected for how long there has been an MQTT connection; empty where there is none
 * @param processorTime used by the agent since it began
 * @param known of every camera in the report, by its id
 */
public record GatewayStatus(
        HealthReport report,
        Duration up,
        Optional<Duration> connected,
        Duration processorTime,
        Map<String, KnownCamera> known) {
    /**
     * What a health report does not say of a camera.
     *
     * @param served whether the gateway's document names it; another one only has entries in the books of this run
     * @param name as people call it; empty where nothing is in force
     * @param host where its video comes from, without path and query, where some cameras take a password; empty where nothing is in force
     * @param inState how long it has been in its state, to about a second
     */
    public record KnownCamera(boolean served, Optional<String> name, Optional<String> host, Duration inState) {
        private static final KnownCamera NOTHING =
                new KnownCamera(false, Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    public GatewayStatus {
        known = Map.copyOf(known);
    }

    /** The cameras to tell of: those that are served, and those that left frames that wait. */
    List<CameraHealth> cameras() {
        return report.cameras().stream()
                .filter(camera -> known(camera).served() || camera.counts().pending() > 0)
                .toList();
    }

    KnownCamera known(CameraHealth camera) {
        return known.getOrDefault(camera.camera(), KnownCamera.NOTHING);
    }
}
