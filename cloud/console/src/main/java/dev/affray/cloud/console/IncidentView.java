package dev.affray.cloud.console;

import dev.affray.cloud.state.Notification;
import dev.affray.incident.Judgement;
import dev.affray.incident.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident, ready to be shown.
 *
 * @param id made at opening, never changed
 * @param title what about, in words
 * @param place camera and site, in words
 * @param camera {@code thing/camera}
 * @param state whether it goes on
 * @param delayed whether its frames arrived late, after an outage: it raised no live alarm
 * @param severity how strong it is
 * @param detail what was found, in words; absent for a fight
 * @param peakConfidence 0 to 100; absent where nothing was judged, as of a camera that is gone
 * @param opened the first capture time at which the rule held; when the camera was gone
 * @param lastPositive the last one; when it was back, and {@code opened} until then
 * @param seconds how long it lasted, so far
 * @param acknowledged when somebody took charge of it; absent until then
 * @param acknowledgedBy who
 * @param judgement what a person said of it; absent until then
 * @param mergedInto the earlier incident it turned out to be part of
 * @param related the incidents of the other line that speak of the same: what came late after an outage of a live one, and the other way round
 * @param frames of a fight: at most 24, from 3 s before {@code opened} to 3 s after {@code lastPositive}
 * @param notifications what was sent about it
 */
public record IncidentView(
        String id,
        String title,
        String place,
        String camera,
        State state,
        boolean delayed,
        Severity severity,
        @Nullable String detail,
        @Nullable Double peakConfidence,
        Moment opened,
        Moment lastPositive,
        double seconds,
        @Nullable Moment acknowledged,
        @Nullable String acknowledgedBy,
        @Nullable Judgement judgement,
        @Nullable String mergedInto,
        List<String> related,
        List<FrameView> frames,
        List<Sent> notifications) {
    /** Whether an incident goes on. */
    public enum State {
        OPEN,
        CLOSED,
        MERGED
    }

    /**
     * One notification.
     *
     * @param step what it announced
     * @param channel by which way
     * @param outcome how it ended; absent while it waits
     * @param at when it ended; absent until then
     * @param attempts how often somebody tried
     */
    public record Sent(
            String step,
            String channel,
            Notification.@Nullable Outcome outcome,
            @Nullable Moment at,
            int attempts) {}

    public IncidentView {
        related = List.copyOf(related);
        frames = List.copyOf(frames);
        notifications = List.copyOf(notifications);
    }
}
