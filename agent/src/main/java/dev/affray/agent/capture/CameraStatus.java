package dev.affray.agent.capture;

import dev.affray.health.CameraState;
import org.jspecify.annotations.Nullable;

/** What a camera is doing. */
public record CameraStatus(
        CameraState state,
        @Nullable String detail,
        @Nullable String source,
        @Nullable Long lastFrameAgeMillis,
        double framesPerSecond,
        long reconnects) {}
