package dev.affray.command;

import dev.affray.document.Fields;
import java.time.Instant;

/**
 * Which video is wanted.
 *
 * @param at a capture time, by the clock of the gateway, as in the names of frames
 * @param before seconds before it
 * @param after seconds after it
 */
public record ClipSpan(Instant at, int before, int after) {
    /** The longest clip, in seconds. */
    public static final int MOST_SECONDS = 60;

    /** Where it begins. */
    public Instant from() {
        return at.minusSeconds(before);
    }

    /** Where it ends. */
    public Instant to() {
        return at.plusSeconds(after);
    }

    static ClipSpan read(Fields fields) {
        Instant at = fields.instant("at").orElse(Instant.EPOCH);
        int before = fields.integer("before", 0, MOST_SECONDS, 0);
        int after = fields.integer("after", 0, MOST_SECONDS, 0);
        if (before + after < 1 || before + after > MOST_SECONDS) {
            fields.problem(
                    "after",
                    "and before are " + (before + after) + " s together; must be from 1 to " + MOST_SECONDS + " s");
        }
        return new ClipSpan(at, before, after);
    }
}
