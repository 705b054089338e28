package dev.affray.cloud.state;

import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The life of a condition in its head, such as of a camera that is gone:
 *
 * <pre>
 * begin   opened; lasts, without a write, for as long as it does
 * end     its end is noted, and announced; so it stays open until then, in reach of the tick
 * close   when that is out
 * </pre>
 *
 * Each gives the very same head when there is nothing to change, so that two who see the same thing change it once. Of one head at most one incident lasts.
 */
public final class Condition {
    private Condition() {}

    /**
     * The head with the condition in it.
     *
     * @param since when it began; moved behind the end of the one before, if they overlap
     * @param detail what was found, in words
     * @param now the cloud's clock
     */
    public static Head begin(Head head, Instant since, String detail, Instant now) {
        if (head.incidents().stream().anyMatch(Incident::isLasting)) {
            return head;
        }
        Instant opened = head.incidents().stream()
                .map(before -> before.lastPositive().plusMillis(1))
                .reduce(since, (a, b) -> a.isAfter(b) ? a : b);
        List<Incident> all = new ArrayList<>(head.incidents());
        all.add(new Incident(
                IncidentId.of(head.camera(), head.kind(), head.line(), opened),
                head.version() + 1,
                head.camera(),
                head.kind(),
                head.line(),
                opened,
                opened,
                null,
                0,
                Severity.NORMAL,
                List.of(),
                now,
                null,
                null,
                null,
                null,
                detail));
        return head.next(all);
    }

    /**
     * The head in which the condition is over.
     *
     * @param at when it ended
     */
    public static Head end(Head head, Instant at, Instant now) {
        return change(head, Incident::isLasting, now, growth -> growth.endedAt(at));
    }

    /** The head in which what is over is closed. Only when that was announced: a closed incident is out of the tick's reach. */
    public static Head close(Head head, Instant now) {
        return change(head, i -> i.isOpen() && !i.isLasting(), now, Growth::closed);
    }

    private static Head change(Head head, Predicate<Incident> which, Instant now, UnaryOperator<Growth> how) {
        return head.next(head.incidents().stream()
                .map(i -> which.test(i) ? how.apply(new Growth(i)).done(head.version() + 1, now) : i)
                .toList());
    }
}
