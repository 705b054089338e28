package dev.affray.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command, retained on {@code affray/{thing}/answers/{camera}}: the latest of each camera can be read at any time.
 *
 * @param id the command's
 * @param command what was asked; absent where that is no command
 * @param camera whose camera it is
 * @param by who asked, as the sender said; absent where nobody was named
 * @param state how far it is
 * @param detail why it was refused or failed, or what else there is to know, in one line
 * @param objectKey in the bucket, of what came of it
 * @param from when its first picture was taken, by the gateway's clock
 * @param to when its last picture was taken, by the gateway's clock
 * @param at when this was said, by the gateway's clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommandAnswer(
        String id,
        @Nullable CommandKind command,
        String camera,
        @Nullable String by,
        State state,
        @Nullable String detail,
        @Nullable String objectKey,
        @Nullable Instant from,
        @Nullable Instant to,
        Instant at) {
    /** How far a command is. */
    public enum State {
        /** It was begun; another answer follows. */
        ACCEPTED,
        /** It was done. */
        DONE,
        /** It was not begun. */
        REFUSED,
        /** It was begun, and came to nothing. */
        FAILED
    }

    /** Whether another answer follows. */
    public boolean goesOn() {
        return state == State.ACCEPTED;
    }

    /** The topic of the answers about one camera. */
    public static String topic(String thing, String camera) {
        return "affray/" + thing + "/answers/" + camera;
    }
}
