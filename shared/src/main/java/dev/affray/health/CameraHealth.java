package dev.affray.health;

import org.jspecify.annotations.Nullable;

/**
 * One camera's part of the health document.
 *
 * @param camera its id
 * @param state what it is doing
 * @param detail why, in one line, when the state is not {@code STREAMING}
 * @param source the stream in words, such as {@code h264 1920x1080 25 fps}; absent until it was opened
 * @param lastFrameAgeMillis time since its last decoded picture, by the monotonic clock; absent before the first
 * @param framesPerSecond sampled frames a second, over the last minute
 * @param reconnects how often the source was opened again since the agent started
 * @param abandoned how often it went on with a new thread because a call into FFmpeg hung
 * @param counts what became of its frames
 * @param image whether its picture shows something; absent until that is known
 */
public record CameraHealth(
        String camera,
        CameraState state,
        @Nullable String detail,
        @Nullable String source,
        @Nullable Long lastFrameAgeMillis,
        double framesPerSecond,
        long reconnects,
        long abandoned,
        FrameCounts counts,
        @Nullable ImageCondition image) {
    /** A camera of whose picture nothing is known. */
    public CameraHealth(
            String camera,
            CameraState state,
            @Nullable String detail,
            @Nullable String source,
            @Nullable Long lastFrameAgeMillis,
            double framesPerSecond,
            long reconnects,
            long abandoned,
            FrameCounts counts) {
        this(camera, state, detail, source, lastFrameAgeMillis, framesPerSecond, reconnects, abandoned, counts, null);
    }
}
