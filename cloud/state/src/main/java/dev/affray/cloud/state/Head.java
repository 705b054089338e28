package dev.affray.cloud.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The recent incidents of one camera, kind and line: the only thing that is ever changed, and only by compare-and-set on its version.
 *
 * <p>The incidents that are not merged away are the maximal runs of all triggers ever applied, with gaps of at most {@code closeAfter}; so they do not
 * depend on the order in which triggers came. A run is kept as the interval between its first and last trigger: any time inside that interval is within
 * {@code closeAfter} of a member, since neighbouring members are. Incidents of kinds that are conditions are made by {@link Condition} instead.
 *
 * @param camera where
 * @param kind what about
 * @param line live or backlog
 * @param version grows by one with every change; 0 is the empty head
 * @param prunedThrough incidents that ended at or before it may be in the history only; absent when none was taken out
 * @param mute the camera's last mute, in the head of its live fights; absent when there never was one
 * @param incidents the recent ones, merged ones included, by opening
 */
public record Head(
        CameraId camera,
        IncidentKind kind,
        Line line,
        long version,
        @Nullable Instant prunedThrough,
        @Nullable Mute mute,
        List<Incident> incidents) {
    private static final Comparator<Incident> BY_OPENING =
            Comparator.comparing(Incident::opened).thenComparing(Incident::id);

    public Head {
        incidents = incidents.stream().sorted(BY_OPENING).toList();
    }

    /** A head without history. */
    public static Head empty(CameraId camera, IncidentKind kind, Line line) {
        return new Head(camera, kind, line, 0, null, null, List.of());
    }

    /**
     * The head after some capture times at which the rule holds: each opens an incident, continues one, or joins several, of which the earliest stays and
     * the others point to it.
     *
     * @param now the cloud's clock
     * @return this very head when nothing in it changes
     */
    public Head with(List<Trigger> triggers, Duration closeAfter, Instant now) {
        List<Incident> changed = new ArrayList<>(incidents);
        for (Trigger trigger : triggers) {
            apply(trigger, closeAfter, now, changed);
        }
        return next(changed);
    }

    /**
     * The head after its open incidents that nothing has changed for {@code closeAfter + maxLag} are closed. One whose last change lies as far ahead is closed
     * too: the cloud's clock was set back, nobody can tell for how long it has been quiet, and a trigger that still comes opens it again.
     *
     * @return this very head when there are none
     */
    public Head closing(Duration closeAfter, Duration maxLag, Instant now) {
        Duration quiet = closeAfter.plus(maxLag);
        return next(incidents.stream()
                .map(i ->
                        i.isOpen() && Duration.between(i.changedAt(), now).abs().compareTo(quiet) >= 0
                                ? closed(i, closeAfter, now)
                                : i)
                .toList());
    }

    /** The head with older incidents from the history back in it, at the same version. */
    public Head recalling(List<Incident> history) {
        Set<String> here = new HashSet<>();
        incidents.forEach(i -> here.add(i.id()));
        List<Incident> all = new ArrayList<>(incidents);
        history.stream().filter(i -> i.mergedInto() == null && here.add(i.id())).forEach(all::add);
        return new Head(camera, kind, line, version, prunedThrough, mute, all);
    }

    /** Whether an incident that a trigger at this time belongs to may be in the history only. */
    public boolean mayHavePruned(Instant at, Duration closeAfter) {
        return prunedThrough != null && !at.minus(closeAfter).isAfter(prunedThrough);
    }

    /**
     * The head without its old finished incidents.
     *
     * @param before only incidents that ended before it go
     * @param inHistory whether the history holds an incident as it is; those it does not hold stay
     * @return this very head when there are none
     */
    public Head pruning(Instant before, Predicate<Incident> inHistory) {
        List<Incident> kept = new ArrayList<>();
        Instant through = prunedThrough;
        for (Incident incident : incidents) {
            if (!incident.isOpen() && incident.lastPositive().isBefore(before) && inHistory.test(incident)) {
                through = through == null || through.isBefore(incident.lastPositive())
                        ? incident.lastPositive()
                        : through;
            } else {
                kept.add(incident);
            }
        }
        return kept.size() == incidents.size() ? this : new Head(camera, kind, line, version + 1, through, mute, kept);
    }

    /** Whether any of its incidents is open. */
    @JsonIgnore
    public boolean isOpen() {
        return incidents.stream().anyMatch(Incident::isOpen);
    }

    /** The incidents that the step to this version changed. */
    public List<Incident> changed() {
        return incidents.stream().filter(i -> i.revision() == version).toList();
    }

    /** Whether the tick has something to do in it, now or later: an incident is open, or a mute has not been noted to be over. */
    public boolean needsTick() {
        return isOpen() || (mute != null && mute.ended() == null);
    }

    /**
     * The head in which somebody took charge of an incident. The first who did stays.
     *
     * @param id of an incident in it
     * @param by who: a signed-in person, or {@code link}
     * @param now the cloud's clock
     * @return this very head when nothing in it changes
     */
    public Head acknowledged(String id, String by, Instant now) {
        return change(id, now, growth -> growth.acknowledged(by, now));
    }

    /**
     * The head in which somebody said what an incident was, and so took charge of it too. What was said last holds.
     *
     * @param id of an incident in it
     * @return this very head when nothing in it changes
     */
    public Head judged(String id, Judgement judgement, String by, Instant now) {
        return change(id, now, growth -> growth.judged(judgement).acknowledged(by, now));
    }

    /**
     * The head with a mute.
     *
     * @return this very head when one holds as the new one begins: it becomes neither a second one nor longer
     */
    public Head muted(Mute next) {
        return mute != null && mute.holds(next.since()) ? this : with(next);
    }

    /** The head in which the mute was taken back; this very head when none holds. */
    public Head unmuted(String by, Instant now) {
        return mute != null && mute.holds(now) ? with(mute.takenBack(by, now)) : this;
    }

    /** The head in which it is noted that the mute's time is up; this very head when there is none of that kind. */
    public Head muteOver(Instant now) {
        return mute != null && mute.ended() == null && !mute.holds(now) ? with(mute.over()) : this;
    }

    private Head with(Mute next) {
        return new Head(camera, kind, line, version + 1, prunedThrough, next, incidents);
    }

    private Head change(String id, Instant now, UnaryOperator<Growth> how) {
        return next(incidents.stream()
                .map(i -> i.id().equals(id) ? how.apply(new Growth(i)).done(version + 1, now) : i)
                .toList());
    }

    private void apply(Trigger trigger, Duration closeAfter, Instant now, List<Incident> all) {
        List<Incident> hosts = all.stream()
                .filter(i -> i.mergedInto() == null
                        && !trigger.at().isBefore(i.opened().minus(closeAfter))
                        && !trigger.at().isAfter(i.lastPositive().plus(closeAfter)))
                .sorted(BY_OPENING)
                .toList();
        if (hosts.isEmpty()) {
            all.add(Growth.opened(this, trigger, now));
            return;
        }
        Incident first = hosts.getFirst();
        Growth growth = new Growth(first).with(trigger);
        for (Incident other : hosts.subList(1, hosts.size())) {
            growth.with(other);
            replace(all, other, new Growth(other).mergedInto(first.id()).done(version + 1, now));
        }
        replace(all, first, growth.done(version + 1, now));
    }

    private Incident closed(Incident incident, Duration closeAfter, Instant now) {
        return new Growth(incident)
                .closedAt(incident.lastPositive().plus(closeAfter))
                .done(version + 1, now);
    }

    private static void replace(List<Incident> all, Incident old, Incident changed) {
        all.set(all.indexOf(old), changed);
    }

    /** The head after a change; this very head when nothing is different. */
    Head next(List<Incident> changed) {
        boolean same = changed.size() == incidents.size();
        for (int i = 0; same && i < changed.size(); i++) {
            same = Objects.equals(changed.get(i), incidents.get(i));
        }
        return same ? this : new Head(camera, kind, line, version + 1, prunedThrough, mute, changed);
    }
}
