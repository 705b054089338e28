package dev.affray.cloud.console;

import dev.affray.health.FrameCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A camera, ready to be shown.
 *
 * @param id {@code thing/camera}
 * @param name as people call it; its id where no document gave it a name
 * @param site the place it belongs to; empty where no document named one
 * @param state what it is doing
 * @param label the same in a word or two
 * @param tone how that is to be taken
 * @param detail why, in one line; absent when all is well
 * @param arming whether it is armed by its document, and until when; absent where it is always armed
 * @param source the stream in words; absent until it was opened
 * @param framesPerSecond sampled, as last reported
 * @param reconnects as last reported
 * @param lastFrameAgeMillis of the last decoded picture, when it was reported
 * @param counts what became of its frames; absent before the first report
 * @param reported when its gateway last spoke of it, by the gateway's clock
 * @param newestFrame the frame captured last of those that were judged
 * @param newestFrameAgeMillis how long ago that was, now
 * @param gatewayOnline whether its gateway is there
 * @param configVersion the shadow version of the document that people wrote; 0 before the first
 * @param problems why a newer document is refused by the gateway; empty when none is
 */
public record CameraView(
        String id,
        String name,
        String site,
        State state,
        String label,
        Tone tone,
        @Nullable String detail,
        @Nullable String arming,
        @Nullable String source,
        double framesPerSecond,
        long reconnects,
        @Nullable Long lastFrameAgeMillis,
        @Nullable FrameCounts counts,
        @Nullable Moment reported,
        @Nullable FrameView newestFrame,
        @Nullable Long newestFrameAgeMillis,
        boolean gatewayOnline,
        long configVersion,
        List<String> problems) {
    /** What a camera is doing, as far as can be told from here. */
    public enum State {
        STREAMING("Live", Tone.GOOD, "is live"),
        STALLED("Stalled", Tone.BAD, "has stalled"),
        RECONNECTING("Not connected", Tone.BAD, "is not connected"),
        DISARMED("Disarmed", Tone.IDLE, "is disarmed"),
        MISCONFIGURED("Misconfigured", Tone.BAD, "is misconfigured"),
        ENDED("Ended", Tone.IDLE, "was played to its end"),
        GATEWAY_OFFLINE("Gateway offline", Tone.BAD, "cannot be seen"),
        WAITING("Waiting", Tone.WARNING, "has not reported yet");

        final String label;
        final Tone tone;
        final String predicate;

        State(String label, Tone tone, String predicate) {
            this.label = label;
            this.tone = tone;
            this.predicate = predicate;
        }
    }

    public CameraView {
        problems = List.copyOf(problems);
    }
}
