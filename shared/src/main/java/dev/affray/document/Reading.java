package dev.affray.document;

import java.util.List;

/**
 * What reading a document came to: a value, or every problem that stands in the way of one. A refused document changes nothing.
 *
 * @param <T> what the document describes
 */
public sealed interface Reading<T> {
    /** The document is right. */
    record Accepted<T>(T value) implements Reading<T> {}

    /** The document is wrong; {@code problems} is never empty. */
    record Refused<T>(List<Problem> problems) implements Reading<T> {
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a problem");
            }
        }
    }
}
