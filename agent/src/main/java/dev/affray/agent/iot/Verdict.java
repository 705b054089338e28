package dev.affray.agent.iot;

import dev.affray.document.Problem;
import java.util.List;

/**
 * What a document that came in means.
 *
 * @param <T> what the document describes
 */
sealed interface Verdict<T> {
    /** Known already, whether in force or refused. */
    record Unchanged<T>() implements Verdict<T> {}

    /** To be put into force; it is kept on disk. */
    record Accepted<T>(T value) implements Verdict<T> {}

    /** Refused: what was in force stays. */
    record Refused<T>(List<Problem> problems) implements Verdict<T> {}
}
