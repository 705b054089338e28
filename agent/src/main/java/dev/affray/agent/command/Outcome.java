package dev.affray.agent.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a command that was begun. */
sealed interface Outcome {
    /**
     * It was done.
     *
     * @param detail what there is to know
     * @param objectKey where it is; null where nothing is stored
     * @param from when its first picture was taken
     * @param to when its last picture was taken
     */
    record Done(
            String detail,
            @Nullable String objectKey,
            @Nullable Instant from,
            @Nullable Instant to) implements Outcome {}

    /** It came to nothing, and why in one line. */
    record Failed(String detail) implements Outcome {}
}
