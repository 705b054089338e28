package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.DOOR;
import static dev.affray.cloud.state.Examples.at;
import static dev.affray.cloud.state.Examples.emptyHead;
import static dev.affray.cloud.state.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Casebook.Case;
import dev.affray.cloud.state.Casebook.Outcome;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasebookTest {
    private static final Duration CLOSE_AFTER = Duration.ofSeconds(60);
    private static final Instant NOW = at(10_000);

    private Database database;
    private IncidentStore incidents;
    private Casebook casebook;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        incidents = new SqliteIncidentStore(database);
        casebook = new Casebook(incidents, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsDoneTwice_isDoneOnce() {
        Head head = stored(emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW));
        String id = head.incidents().getFirst().id();
        for (Action action : Action.values()) {
            Case once = done(casebook.act(id, action, "link"));
            long version = head().version();

            assertThat(done(casebook.act(id, action, "somebody else")))
                    .as("%s", action)
                    .isEqualTo(once);
            assertThat(head().version()).as("%s", action).isEqualTo(version);
        }
        assertThat(head().incidents().getFirst().judgement()).isEqualTo(Judgement.TRUE_ALARM);
        assertThat(head().mute().endedBy()).isEqualTo("link");
    }

    @Test
    void anIncidentThatWasHandedToTheHistory_isBroughtBack() {
        Head full = stored(emptyHead().with(List.of(trigger(0), trigger(1000)), CLOSE_AFTER, NOW));
        Incident old = full.incidents().getFirst();
        Head closed = stored(full.closing(CLOSE_AFTER, Duration.ZERO, NOW.plusSeconds(100)));
        stored(closed.pruning(at(900), _ -> true));
        assertThat(head().incidents()).hasSize(1);

        Case after = done(casebook.act(old.id(), Action.FALSE_ALARM, "link"));

        assertThat(after.whole().judgement()).isEqualTo(Judgement.FALSE_ALARM);
        assertThat(head().incidents()).hasSize(2).contains(after.whole());
        assertThat(after.whole().closed()).isEqualTo(at(60));
    }

    @Test
    void whoeverActsOnAPart_actsOnTheWhole_alsoWhenTheHistoryHasBoth() {
        Head two = stored(emptyHead().with(List.of(trigger(0), trigger(100)), CLOSE_AFTER, NOW));
        String part = two.incidents().getLast().id();
        Head one = stored(two.with(List.of(trigger(50)), CLOSE_AFTER, NOW));

        Case now = done(casebook.act(part, Action.ACKNOWLEDGE, "link"));
        assertThat(now.asked().id()).isEqualTo(part);
        assertThat(now.whole().id()).isEqualTo(two.incidents().getFirst().id());
        assertThat(now.whole().acknowledgedBy()).isEqualTo("link");

        Head later = stored(head().with(List.of(trigger(5000)), CLOSE_AFTER, NOW));
        later = stored(later.closing(CLOSE_AFTER, Duration.ZERO, NOW.plusSeconds(100)));
        stored(later.pruning(at(900), _ -> true));
        assertThat(head().incidents()).hasSize(1);
        assertThat(done(casebook.act(part, Action.FALSE_ALARM, "link")).whole())
                .satisfies(whole -> assertThat(whole.id())
                        .isEqualTo(one.incidents().getFirst().id()))
                .satisfies(whole -> assertThat(whole.judgement()).isEqualTo(Judgement.FALSE_ALARM));
    }

    @Test
    void aConditionCanOnlyBeAcknowledged_andNothingDelayedMutesACamera() {
        Head gone = Condition.begin(Head.empty(DOOR, IncidentKind.CAMERA_OFFLINE, Line.LIVE), at(0), "gone", NOW);
        Head delayed = Head.empty(DOOR, IncidentKind.FIGHT, Line.BACKLOG).with(List.of(trigger(0)), CLOSE_AFTER, NOW);
        String condition = stored(gone).incidents().getFirst().id();
        String fight = stored(delayed).incidents().getFirst().id();

        assertThat(casebook.act(condition, Action.ACKNOWLEDGE, "link")).isInstanceOf(Outcome.Done.class);
        for (Action action : List.of(Action.FALSE_ALARM, Action.TRUE_ALARM, Action.MUTE, Action.UNMUTE)) {
            assertThat(casebook.act(condition, action, "link")).isInstanceOf(Outcome.Unfit.class);
        }
        assertThat(casebook.act(fight, Action.FALSE_ALARM, "link")).isInstanceOf(Outcome.Done.class);
        assertThat(casebook.act(fight, Action.MUTE, "link")).isInstanceOf(Outcome.Unfit.class);
        assertThat(head().mute()).isNull();
    }

    @Test
    void nothingIsLost_whenSeveralActAtOnce() throws Exception {
        String id = stored(emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW))
                .incidents()
                .getFirst()
                .id();
        try (ExecutorService people = Executors.newFixedThreadPool(6)) {
            List<Callable<Outcome>> acts = Stream.of(Action.ACKNOWLEDGE, Action.FALSE_ALARM, Action.MUTE)
                    .flatMap(action -> Stream.<Callable<Outcome>>of(
                            () -> casebook.act(id, action, "one"), () -> casebook.act(id, action, "two")))
                    .toList();
            for (var act : people.invokeAll(acts)) {
                assertThat(act.get()).isInstanceOf(Outcome.Done.class);
            }
        }

        Incident now = head().incidents().getFirst();
        assertThat(now.acknowledgedAt()).isNotNull();
        assertThat(now.judgement()).isEqualTo(Judgement.FALSE_ALARM);
        assertThat(head().mute().holds(NOW)).isTrue();
        assertThat(head().version()).isLessThanOrEqualTo(4);
    }

    @Test
    void whatThereIsNot_isUnknown() {
        assertThat(casebook.act("000000000000", Action.ACKNOWLEDGE, "link")).isEqualTo(new Outcome.Unknown());
        assertThat(casebook.find("000000000000")).isEmpty();
    }

    /** Stores a head, and the history rows of what its last step changed, as alerting does. */
    private Head stored(Head head) {
        assertThat(incidents.replace(head)).isTrue();
        head.changed().forEach(incidents::project);
        return head;
    }

    private Head head() {
        return incidents.head(DOOR, IncidentKind.FIGHT, Line.LIVE);
    }

    private static Case done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).now();
    }
}
