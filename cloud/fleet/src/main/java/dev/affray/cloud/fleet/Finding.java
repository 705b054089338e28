package dev.affray.cloud.fleet;

import java.time.Instant;

/** What the watch found about one thing that can go wrong. */
sealed interface Finding {
    /**
     * It is wrong, for long enough.
     *
     * @param detail what is, in words
     */
    record Wrong(Instant since, String detail) implements Finding {}

    /** It is right, for long enough, or not asked for any more. */
    record Right(Instant since) implements Finding {}

    /** Neither can be said yet; what was said before stays. */
    record Unsure() implements Finding {}
}
