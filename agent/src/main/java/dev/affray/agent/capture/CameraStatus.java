package dev.affray.agent.capture;

import dev.affray.health.CameraState;
import dev.affray.health.ImageCondition;
import org.jspecify.annotations.Nullable;

/**
 * What a camera is doing at one moment.
 *
 * @param state in one word
 * @param detail why, in one line, when the state is not {@code STREAMING}
 * @param source the stream in words, such as {@code h264 640x360 25 fps}; null until it was opened
 * @param lastFrameAgeMillis time since the last decoded picture, by the monotonic clock; null before the first
 * @param framesPerSecond sampling instants a second, over the last minute
 * @param reconnects how often a stream was opened again after it was lost
 * @param decodeErrors packets that the decoder refused; the stream goes on after them
 * @param image whether the picture shows something; null until that is known
 */
public record CameraStatus(
        CameraState state,
        @Nullable String detail,
        @Nullable String source,
        @Nullable Long lastFrameAgeMillis,
        double framesPerSecond,
        long reconnects,
        long decodeErrors,
        @Nullable ImageCondition image) {
    /** The same of a camera that takes no frames now. */
    CameraStatus disarmed(String detail) {
        return new CameraStatus(
                CameraState.DISARMED,
                detail,
                source,
                lastFrameAgeMillis,
                framesPerSecond,
                reconnects,
                decodeErrors,
                image);
    }
}
