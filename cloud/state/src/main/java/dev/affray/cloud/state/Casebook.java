package dev.affray.cloud.state;

import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as people look them up and act on them, by id. One that the head has handed to the history is brought back into it when somebody acts on it; who
 * acts on a part of another acts on that one. Thread-safe.
 */
public final class Casebook {
    private final IncidentStore incidents;
    private final Clock clock;

    public Casebook(IncidentStore incidents, Clock clock) {
        this.incidents = incidents;
        this.clock = clock;
    }

    /**
     * An incident as it is now.
     *
     * @param asked the one asked for
     * @param whole the one that it is part of, or itself
     * @param mute the last of its camera; absent where there never was one
     */
    public record Case(
            Incident asked, Incident whole, @Nullable Mute mute) {}

    /** What came of an action. */
    public sealed interface Outcome {
        /** It is as the action wants it: changed now, or before. */
        record Done(Case now) implements Outcome {}

        /** An incident of this kind has no such action. */
        record Unfit(Case now) implements Outcome {}

        /** There is no incident of this id, or no longer. */
        record Unknown() implements Outcome {}
    }

    /** The incident of this id; empty when there is none, or no longer. */
    public Optional<Case> find(String id) {
        return incidents.find(id).flatMap(this::read);
    }

    /**
     * Does something about an incident.
     *
     * @param id of an incident, or of a part of one
     * @param by who: a signed-in person, or {@code link}
     */
    public Outcome act(String id, Action action, String by) {
        Optional<Incident> row = incidents.find(id);
        row.filter(incident -> fits(action, incident)).ifPresent(incident -> change(incident, action, by));
        return row.flatMap(this::read)
                .<Outcome>map(now -> fits(action, now.asked()) ? new Outcome.Done(now) : new Outcome.Unfit(now))
                .orElseGet(Outcome.Unknown::new);
    }

    /** What is delayed is no live alarm, and a condition no fight: of neither a camera's fights can be muted. */
    public static boolean fits(Action action, Incident incident) {
        boolean fight = incident.kind() == IncidentKind.FIGHT;
        return switch (action) {
            case ACKNOWLEDGE -> true;
            case FALSE_ALARM, TRUE_ALARM -> fight;
            case MUTE, UNMUTE -> fight && incident.line() == Line.LIVE;
        };
    }

    private void change(Incident row, Action action, String by) {
        Instant now = clock.instant();
        CompareAndSet.change(incidents, row.camera(), row.kind(), row.line(), stored -> {
            Head head = recalling(stored, row);
            String id = whole(head, row).id();
            return switch (action) {
                case ACKNOWLEDGE -> head.acknowledged(id, by, now);
                case FALSE_ALARM -> head.judged(id, Judgement.FALSE_ALARM, by, now);
                case TRUE_ALARM -> head.judged(id, Judgement.TRUE_ALARM, by, now);
                case MUTE -> stored.muted(Mute.of(stored, id, by, now));
                case UNMUTE -> stored.unmuted(by, now);
            };
        });
    }

    private Optional<Case> read(Incident row) {
        Head stored = incidents.head(row.camera(), row.kind(), row.line());
        Head head = recalling(stored, row);
        Incident asked = in(head, row.id()).orElse(row);
        return Optional.of(new Case(asked, whole(head, row), head.mute()));
    }

    /** The head with the whole of an incident in it, from the history where the head has handed it over. */
    private Head recalling(Head head, Incident row) {
        Incident whole = whole(head, row);
        return in(head, whole.id()).isPresent()
                ? head
                : head.recalling(
                        incidents
                                .history(head.camera(), head.kind(), head.line(), whole.opened(), whole.lastPositive())
                                .stream()
                                .filter(i -> i.id().equals(whole.id()))
                                .toList());
    }

    /** What it is part of, or itself; as the head has it, else as the history. A part always points to an earlier incident, so this ends. */
    private Incident whole(Head head, Incident row) {
        Incident now = in(head, row.id()).orElse(row);
        String into = now.mergedInto();
        return into == null
                ? now
                : in(head, into)
                        .or(() -> incidents.find(into))
                        .map(next -> whole(head, next))
                        .orElse(now);
    }

    private static Optional<Incident> in(Head head, String id) {
        return head.incidents().stream().filter(i -> i.id().equals(id)).findFirst();
    }
}
