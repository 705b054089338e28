package dev.affray.cloud.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.camera.Site;
import dev.affray.frame.CameraId;
import dev.affray.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cameras and gateways: what people wrote, what gateways report. Each part is replaced only by a newer one (by shadow version, or by the time it was
 * sent), so that messages may come twice and out of order. Thread-safe.
 */
public interface CameraStore {
    /** No report comes this late. One that is older than the newest by more is of a gateway whose clock was set back, and replaces it. */
    Duration MOST_LATE = Duration.ofHours(1);

    /**
     * Keeps a good camera document as it was written.
     *
     * @param desired one that {@link dev.affray.camera.CameraDocument} accepts
     */
    void putDocument(CameraId camera, long version, JsonNode desired);

    /** Keeps a good gateway document: its cameras are listed, others of that gateway no longer. */
    void putGatewayDocument(String thing, long version, GatewayConfig config);

    /** Keeps what a gateway reported about a camera's documents. */
    void putReported(CameraId camera, long version, Reported reported);

    /**
     * Keeps a health report, and what it adds up to ({@link Vitals}). A store may forget the health of cameras that the gateway's newest report leaves out.
     *
     * @param heardAt when it came, by the cloud's clock
     */
    void putHealth(HealthReport report, Instant heardAt);

    /** Keeps a gateway's presence. */
    void putPresence(String thing, boolean online, Instant at);

    /** One camera. */
    Optional<CameraRecord> camera(CameraId camera);

    /** All cameras that are listed or that somebody said something about, by id. */
    List<CameraRecord> cameras();

    /** Where a gateway is: the site of the first of its listed cameras, by id, that has a document. */
    default Optional<Site> site(String thing) {
        return cameras().stream()
                .filter(camera -> camera.listed() && camera.id().thing().equals(thing))
                .flatMap(camera -> Optional.ofNullable(camera.config()).stream())
                .map(CameraConfig::site)
                .findFirst();
    }

    /** One gateway. */
    Optional<GatewayRecord> gateway(String thing);

    /** All gateways, by thing name. */
    List<GatewayRecord> gateways();
}
