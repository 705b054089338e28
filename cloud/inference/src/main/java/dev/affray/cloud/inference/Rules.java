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

/** What is in force for a camera: its alert rule and when it is armed. Remembered for a few seconds, so that a frame does not cost a read. Thread-safe. */
public final class Rules {
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final CameraStore cameras;
    private final Clock clock;
    private final Map<CameraId, Known> known = new ConcurrentHashMap<>();

    private record Known(Optional<CameraConfig> config, Instant at) {
        /** What was read in the future was read before the clock was set back. */
        boolean isFresh(Instant now) {
            return !at.isAfter(now) && at.plus(REMEMBERED).isAfter(now);
        }
    }

    public Rules(CameraStore cameras, Clock clock) {
        this.cameras = cameras;
        this.clock = clock;
    }

    /** The rule of the camera's last good document; the default rule for a camera that has none. */
    public AlertRule of(CameraId camera) {
        return config(camera).map(CameraConfig::alert).orElse(AlertRule.DEFAULT);
    }

    /** Whether the camera is armed at an instant, by its last good document; one that has none always is. */
    public boolean armed(CameraId camera, Instant at) {
        return config(camera)
                .map(CameraConfig::arming)
                .map(schedule -> schedule.armedAt(at))
                .orElse(true);
    }

    private Optional<CameraConfig> config(CameraId camera) {
        Instant now = clock.instant();
        return known.compute(camera, (id, old) -> old != null && old.isFresh(now) ? old : new Known(read(id), now))
                .config;
    }

    private Optional<CameraConfig> read(CameraId camera) {
        return cameras.camera(camera).flatMap(c -> Optional.ofNullable(c.config()));
    }
}
