package dev.affray.cloud.state;

import dev.affray.camera.CameraConfig;
import dev.affray.camera.Reported;
import dev.affray.frame.CameraId;
import dev.affray.health.CameraHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud knows of a camera.
 *
 * @param id which
 * @param listed whether its gateway's document lists it
 * @param config the last good document that people wrote; absent before the first
 * @param configVersion its shadow version
 * @param reported what the gateway said about its documents; absent before the first report
 * @param health what the gateway last said about it; absent before the first report
 * @param healthAt when that was sent, by the gateway's clock
 * @param standing how it has stood for a while; absent when the gateway's newest report leaves it out
 */
public record CameraRecord(
        CameraId id,
        boolean listed,
        @Nullable CameraConfig config,
        long configVersion,
        @Nullable Reported reported,
        @Nullable CameraHealth health,
        @Nullable Instant healthAt,
        @Nullable Standing standing) {}
