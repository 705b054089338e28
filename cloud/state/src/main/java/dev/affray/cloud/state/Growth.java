package dev.affray.cloud.state;

import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.Judgement;
import dev.affray.incident.Severity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One incident while it is being changed. All that makes it grow is a union, a minimum or a maximum, so the order of changes does not matter. */
final class Growth {
    private final Incident old;
    private Instant opened;
    private Instant lastPositive;
    private @Nullable Instant closed;
    private Severity severity;
    private List<BestFrame> bestFrames;
    private @Nullable Instant acknowledgedAt;
    private @Nullable String acknowledgedBy;
    private @Nullable Judgement judgement;
    private @Nullable String mergedInto;

    Growth(Incident old) {
        this.old = old;
        opened = old.opened();
        lastPositive = old.lastPositive();
        closed = old.closed();
        severity = old.severity();
        bestFrames = old.bestFrames();
        acknowledgedAt = old.acknowledgedAt();
        acknowledgedBy = old.acknowledgedBy();
        judgement = old.judgement();
        mergedInto = old.mergedInto();
    }

    /** A new incident for a trigger that belongs to none. */
    static Incident opened(Head head, Trigger trigger, Instant now) {
        return new Incident(
                IncidentId.of(head.camera(), head.kind(), head.line(), trigger.at()),
                head.version() + 1,
                head.camera(),
                head.kind(),
                head.line(),
                trigger.at(),
                trigger.at(),
                null,
                peak(trigger.bestFrames()),
                trigger.severity(),
                best(trigger.bestFrames(), List.of()),
                now,
                null,
                null,
                null,
                null);
    }

    Growth with(Trigger trigger) {
        return reach(trigger.at(), trigger.at(), trigger.severity(), trigger.bestFrames());
    }

    /** Takes in an incident that turned out to be part of this one. What a person said of either stays. */
    Growth with(Incident other) {
        Instant theirs = other.acknowledgedAt();
        if (theirs != null && (acknowledgedAt == null || theirs.isBefore(acknowledgedAt))) {
            acknowledgedAt = theirs;
            acknowledgedBy = other.acknowledgedBy();
        }
        if (judgement == null) {
            judgement = other.judgement();
        }
        return reach(other.opened(), other.lastPositive(), other.severity(), other.bestFrames());
    }

    /** The first who took charge stays. */
    Growth acknowledged(String by, Instant now) {
        if (acknowledgedAt == null) {
            acknowledgedAt = now;
            acknowledgedBy = by;
        }
        return this;
    }

    Growth judged(Judgement what) {
        judgement = what;
        return this;
    }

    Growth closedAt(Instant time) {
        closed = time;
        return this;
    }

    /** The end of a condition, which is never its beginning. */
    Growth endedAt(Instant time) {
        lastPositive = time.isAfter(opened) ? time : opened.plusMillis(1);
        return this;
    }

    Growth closed() {
        return closedAt(lastPositive);
    }

    Growth mergedInto(String id) {
        mergedInto = id;
        return this;
    }

    /** The incident itself when nothing changed; otherwise the changed one, stamped with its new revision. */
    Incident done(long revision, Instant now) {
        Incident unstamped = build(old.revision(), old.changedAt());
        return unstamped.equals(old) ? old : build(revision, now);
    }

    private Growth reach(Instant from, Instant to, Severity strength, List<BestFrame> frames) {
        if (from.isBefore(opened)) {
            opened = from;
        }
        if (to.isAfter(lastPositive)) {
            lastPositive = to;
            closed = null;
        }
        if (strength.compareTo(severity) > 0) {
            severity = strength;
        }
        bestFrames = best(bestFrames, frames);
        return this;
    }

    private Incident build(long revision, Instant changedAt) {
        return new Incident(
                old.id(),
                revision,
                old.camera(),
                old.kind(),
                old.line(),
                opened,
                lastPositive,
                closed,
                peak(bestFrames),
                severity,
                bestFrames,
                changedAt,
                acknowledgedAt,
                acknowledgedBy,
                judgement,
                mergedInto,
                old.detail());
    }

    private static List<BestFrame> best(List<BestFrame> some, List<BestFrame> more) {
        return Stream.concat(some.stream(), more.stream())
                .distinct()
                .sorted(BestFrame.STRONGEST_FIRST)
                .limit(Incident.MAX_BEST_FRAMES)
                .toList();
    }

    private static double peak(List<BestFrame> frames) {
        return frames.stream().mapToDouble(BestFrame::confidence).max().orElse(0);
    }
}
