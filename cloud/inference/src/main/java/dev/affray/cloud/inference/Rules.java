package dev.affray.cloud.inference;

import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.cloud.state.CameraStore;
import dev.affray.frame.CameraId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The alert rule in force for a camera, remembered for a few seconds so that a frame does not cost a read. Thread-safe. */
public final class Rules {
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final CameraStore cameras;
    private final Clock clock;
    private final Map<CameraId, Known> known = new ConcurrentHashMap<>();

    private record Known(AlertRule rule, Instant until) {}

    public Rules(CameraStore cameras, Clock clock) {
        this.cameras = cameras;
        this.clock = clock;
    }

    /** The rule of the camera's last good document; the default rule for a camera that has none. */
    public AlertRule of(CameraId camera) {
        Instant now = clock.instant();
        return known.compute(
                        camera,
                        (id, old) ->
                                old != null && old.until.isAfter(now) ? old : new Known(read(id), now.plus(REMEMBERED)))
                .rule;
    }

    private AlertRule read(CameraId camera) {
        return cameras.camera(camera)
                .flatMap(c -> Optional.ofNullable(c.config()))
                .map(CameraConfig::alert)
                .orElse(AlertRule.DEFAULT);
    }
}
