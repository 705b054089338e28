package dev.affray.cloud.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a camera's fights are not announced. It belongs to the camera, is announced to all, and can be taken back. A fight that still goes on when
 * it ends is announced then.
 *
 * @param id unique; the same for whoever asks for the same mute twice
 * @param incident the incident over which somebody asked for it
 * @param since when it began, by the cloud's clock
 * @param until when it ends by itself
 * @param by who asked for it: a signed-in person, or {@code link}
 * @param ended when it ended: taken back, or noted to be over; absent until then
 * @param endedBy who took it back; absent where nobody did
 */
public record Mute(
        String id,
        String incident,
        Instant since,
        Instant until,
        String by,
        @Nullable Instant ended,
        @Nullable String endedBy) {
    /** How long one lasts unless it is taken back. */
    public static final Duration LASTS = Duration.ofMinutes(30);

    /**
     * A new one.
     *
     * @param head of the camera's live fights; whoever else makes one for this very head makes the same id, and one of the two is stored
     * @param incident over which it was asked for
     * @param now the cloud's clock
     */
    public static Mute of(Head head, String incident, String by, Instant now) {
        return new Mute(
                IncidentId.of("mute|" + head.camera() + "|" + (head.version() + 1)),
                incident,
                now,
                now.plus(LASTS),
                by,
                null,
                null);
    }

    Mute takenBack(String who, Instant now) {
        return new Mute(id, incident, since, until, by, now, who);
    }

    Mute over() {
        return new Mute(id, incident, since, until, by, until, null);
    }

    /** Whether it holds at a time by the cloud's clock. */
    public boolean holds(Instant now) {
        return ended == null && now.isBefore(until);
    }
}
