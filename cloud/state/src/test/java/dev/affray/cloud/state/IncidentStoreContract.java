package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.DOOR;
import static dev.affray.cloud.state.Examples.at;
import static dev.affray.cloud.state.Examples.emptyHead;
import static dev.affray.cloud.state.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link IncidentStore} must do. */
public abstract class IncidentStoreContract {
    private static final Duration CLOSE_AFTER = Duration.ofSeconds(60);
    private static final Instant NOW = at(5000);

    /** The store under test, empty. */
    protected abstract IncidentStore store();

    @Test
    void anUnknownHeadIsEmpty_atVersionZero() {
        assertThat(store().head(DOOR, IncidentKind.FIGHT, Line.LIVE)).isEqualTo(emptyHead());
    }

    @Test
    void aHeadComesBackAsItWasStored() {
        Head head = emptyHead().with(List.of(trigger(0), trigger(200), trigger(100)), CLOSE_AFTER, NOW);

        assertThat(store().replace(head)).isTrue();
        assertThat(store().head(DOOR, IncidentKind.FIGHT, Line.LIVE)).isEqualTo(head);
        assertThat(store().head(DOOR, IncidentKind.FIGHT, Line.BACKLOG).version())
                .isZero();
    }

    @Test
    void refusesAHead_whenAnotherWorkerWasFaster_andKeepsTheirs() {
        Head theirs = emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW);
        Head ours = emptyHead().with(List.of(trigger(300)), CLOSE_AFTER, NOW);
        store().replace(theirs);

        assertThat(store().replace(ours)).isFalse();
        assertThat(store().replace(ours.with(List.of(trigger(900)), CLOSE_AFTER, NOW)))
                .isTrue();
        assertThat(store().head(DOOR, IncidentKind.FIGHT, Line.LIVE).version()).isEqualTo(2);
    }

    @Test
    void noIncrementIsLost_whenWorkersCompete() throws Exception {
        int workers = 4;
        int each = 25;
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                int base = w * each;
                futures.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        add(trigger((base + i) * 100));
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }

        Head head = store().head(DOOR, IncidentKind.FIGHT, Line.LIVE);
        assertThat(head.version()).isEqualTo(workers * each);
        assertThat(head.incidents()).hasSize(workers * each);
    }

    @Test
    void theHistoryKeepsTheLaterRevision_inWhateverOrderRowsAreWritten() {
        Incident first = incident(0);
        Head grown =
                emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW).with(List.of(trigger(30)), CLOSE_AFTER, NOW);
        Incident later = grown.incidents().getFirst();

        store().project(later);
        store().project(first);
        store().project(later);

        assertThat(store().find(first.id())).get().isEqualTo(later);
        assertThat(store().recent(10)).containsExactly(later);
    }

    @Test
    void historyFindsIncidentsThatMeetASpan() {
        Head head = emptyHead().with(List.of(trigger(0), trigger(50), trigger(500), trigger(1000)), CLOSE_AFTER, NOW);
        head.incidents().forEach(store()::project);

        assertThat(store().history(DOOR, IncidentKind.FIGHT, Line.LIVE, at(20), at(30)))
                .hasSize(1);
        assertThat(store().history(DOOR, IncidentKind.FIGHT, Line.LIVE, at(50), at(500)))
                .hasSize(2);
        assertThat(store().history(DOOR, IncidentKind.FIGHT, Line.LIVE, at(51), at(499)))
                .isEmpty();
        assertThat(store().history(DOOR, IncidentKind.FIGHT, Line.BACKLOG, at(0), at(1000)))
                .isEmpty();
    }

    @Test
    void openHeadsAreThoseThatHoldAnOpenIncident() {
        assertThat(store().openHeads()).isEmpty();
        Head head = emptyHead().with(List.of(trigger(0), trigger(500)), CLOSE_AFTER, NOW);
        assertThat(store().replace(head)).isTrue();
        Head other = Head.empty(new CameraId("gw", "another"), IncidentKind.FIGHT, Line.BACKLOG)
                .with(List.of(trigger(0)), CLOSE_AFTER, NOW);
        assertThat(store().replace(other)).isTrue();
        assertThat(store().openHeads()).containsExactlyInAnyOrder(head, other);

        Head closed = head.closing(CLOSE_AFTER, Duration.ofSeconds(20), NOW.plusSeconds(900));
        assertThat(store().replace(closed)).isTrue();
        assertThat(store().openHeads()).containsExactly(other);

        Head reopened = closed.with(List.of(trigger(510)), CLOSE_AFTER, NOW.plusSeconds(901));
        assertThat(store().replace(reopened)).isTrue();
        assertThat(store().openHeads()).containsExactlyInAnyOrder(reopened, other);
    }

    @Test
    void aHeadWithAMuteNeedsTheTick_untilItIsNotedThatTheMuteIsOver() {
        Head quiet = emptyHead()
                .with(List.of(trigger(0)), CLOSE_AFTER, NOW)
                .closing(CLOSE_AFTER, Duration.ofSeconds(20), NOW.plusSeconds(900));
        store().replace(emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW));
        assertThat(store().replace(quiet)).isTrue();
        Head muted = quiet.muted(Mute.of(quiet, "incident", "link", NOW));
        assertThat(store().replace(muted)).isTrue();

        assertThat(store().head(DOOR, IncidentKind.FIGHT, Line.LIVE)).isEqualTo(muted);
        assertThat(store().openHeads()).containsExactly(muted);
        assertThat(store().replace(muted.muteOver(NOW.plus(Mute.LASTS)))).isTrue();
        assertThat(store().openHeads()).isEmpty();
    }

    @Test
    void recentHoldsTheNewestFirst() {
        Head head = emptyHead().with(List.of(trigger(0), trigger(500)), CLOSE_AFTER, NOW);
        head.incidents().forEach(store()::project);

        assertThat(store().recent(1)).extracting(Incident::opened).containsExactly(at(500));
        assertThat(store().recent(9)).hasSize(2);
    }

    private void add(Trigger trigger) {
        boolean stored = false;
        while (!stored) {
            Head head = store().head(DOOR, IncidentKind.FIGHT, Line.LIVE);
            stored = store().replace(head.with(List.of(trigger), CLOSE_AFTER, NOW));
        }
    }

    private static Incident incident(double seconds) {
        return emptyHead()
                .with(List.of(trigger(seconds)), CLOSE_AFTER, NOW)
                .incidents()
                .getFirst();
    }
}
