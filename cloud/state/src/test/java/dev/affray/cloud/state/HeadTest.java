package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static dev.affray.cloud.state.Examples.emptyHead;
import static dev.affray.cloud.state.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadTest {
    private static final Duration CLOSE_AFTER = Duration.ofSeconds(60);
    private static final Duration MAX_LAG = Duration.ofSeconds(20);
    private static final Instant NOW = at(10_000);

    @Test
    void opensAnIncident_whenATriggerBelongsToNone() {
        Head head = emptyHead().with(List.of(trigger(5)), CLOSE_AFTER, NOW);

        assertThat(head.version()).isEqualTo(1);
        assertThat(head.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).isEqualTo(at(5));
            assertThat(incident.lastPositive()).isEqualTo(at(5));
            assertThat(incident.isOpen()).isTrue();
            assertThat(incident.id()).matches("[0-9a-z]{12}");
        });
        assertThat(head.changed()).hasSize(1);
    }

    @Test
    void continuesAnIncident_whenTheGapIsExactlyCloseAfter_butNotAMillisecondMore() {
        Head head = emptyHead().with(List.of(trigger(0), trigger(60), trigger(120.001)), CLOSE_AFTER, NOW);

        assertThat(intervals(head)).containsExactly("0.0-60.0", "120.001-120.001");
    }

    @Test
    void movesTheOpeningEarlier_andKeepsTheId_whenALateTriggerComes() {
        Head opened = emptyHead().with(List.of(trigger(30)), CLOSE_AFTER, NOW);
        Head earlier = opened.with(List.of(trigger(10)), CLOSE_AFTER, NOW);

        assertThat(intervals(earlier)).containsExactly("10.0-30.0");
        assertThat(earlier.incidents().getFirst().id())
                .isEqualTo(opened.incidents().getFirst().id());
    }

    @Test
    void isTheSameHead_whenNothingChanges() {
        Head head = emptyHead().with(List.of(trigger(5), trigger(6)), CLOSE_AFTER, NOW);

        assertThat(head.with(List.of(trigger(6), trigger(5)), CLOSE_AFTER, NOW.plusSeconds(9)))
                .isSameAs(head);
    }

    @Test
    void joinsTwoIncidents_intoTheEarlier_whenATriggerBridgesThem() {
        Head two = emptyHead().with(List.of(trigger(0), trigger(100)), CLOSE_AFTER, NOW);
        Incident first = two.incidents().get(0);
        Incident second = two.incidents().get(1);

        Head one = two.with(List.of(trigger(50)), CLOSE_AFTER, NOW);

        assertThat(intervals(one)).containsExactly("0.0-100.0");
        assertThat(one.incidents())
                .filteredOn(i -> i.id().equals(second.id()))
                .singleElement()
                .satisfies(merged -> {
                    assertThat(merged.mergedInto()).isEqualTo(first.id());
                    assertThat(merged.isOpen()).isFalse();
                });
        assertThat(one.changed()).hasSize(2);
    }

    @Test
    void severityOnlyRises_andThePeakIsTheStrongestFrame() {
        Head head = emptyHead()
                .with(List.of(trigger(0, 70, Severity.NORMAL), trigger(1, 95, Severity.HIGH)), CLOSE_AFTER, NOW)
                .with(List.of(trigger(2, 61, Severity.NORMAL)), CLOSE_AFTER, NOW);

        assertThat(head.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.severity()).isEqualTo(Severity.HIGH);
            assertThat(incident.peakConfidence()).isEqualTo(95);
            assertThat(incident.bestFrames().getFirst().confidence()).isEqualTo(95);
        });
    }

    @Test
    void keepsTheStrongestFrames_andNoMoreThanItRemembers() {
        List<Trigger> triggers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            triggers.add(trigger(i, 60 + i, Severity.NORMAL));
        }
        Head head = emptyHead().with(triggers, CLOSE_AFTER, NOW);

        assertThat(head.incidents().getFirst().bestFrames())
                .hasSize(Incident.MAX_BEST_FRAMES)
                .extracting(best -> best.confidence())
                .containsExactly(79.0, 78.0, 77.0, 76.0, 75.0);
    }

    @Test
    void closesAnIncident_onlyAfterNothingChangedItForCloseAfterAndMaxLag() {
        Head head = emptyHead().with(List.of(trigger(5)), CLOSE_AFTER, NOW);

        Head tooEarly = head.closing(CLOSE_AFTER, MAX_LAG, NOW.plusSeconds(79));
        Head inTime = head.closing(CLOSE_AFTER, MAX_LAG, NOW.plusSeconds(80));

        assertThat(tooEarly).isSameAs(head);
        assertThat(inTime.incidents().getFirst().closed()).isEqualTo(at(65));
        assertThat(inTime.closing(CLOSE_AFTER, MAX_LAG, NOW.plusSeconds(500))).isSameAs(inTime);
    }

    @Test
    void reopensAClosedIncident_whenALateTriggerMovesItsEnd_butNotWhenItLiesInside() {
        Head closed = emptyHead()
                .with(List.of(trigger(5), trigger(20)), CLOSE_AFTER, NOW)
                .closing(CLOSE_AFTER, MAX_LAG, NOW.plusSeconds(100));

        Head inside = closed.with(List.of(trigger(10)), CLOSE_AFTER, NOW.plusSeconds(101));
        Head later = closed.with(List.of(trigger(40)), CLOSE_AFTER, NOW.plusSeconds(101));

        assertThat(inside.incidents().getFirst().closed()).isEqualTo(at(80));
        assertThat(later.incidents().getFirst().isOpen()).isTrue();
    }

    @Test
    void closesAnIncident_thatWasChangedBeforeTheClockWasSetBack() {
        Head ahead = emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW.plus(Duration.ofHours(3)));

        Head back = ahead.closing(CLOSE_AFTER, MAX_LAG, NOW);

        assertThat(back.incidents().getFirst().closed()).isEqualTo(at(60));
        Head continued = back.with(List.of(trigger(10)), CLOSE_AFTER, NOW);
        assertThat(continued.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.id()).isEqualTo(ahead.incidents().getFirst().id());
            assertThat(incident.isOpen()).isTrue();
        });
        Head aLittleBack = emptyHead().with(List.of(trigger(0)), CLOSE_AFTER, NOW.plusSeconds(79));
        assertThat(aLittleBack.closing(CLOSE_AFTER, MAX_LAG, NOW)).isSameAs(aLittleBack);
    }

    @Test
    void remembersWhatItPruned_soThatALateTriggerFindsItAgain() {
        Head full = emptyHead()
                .with(List.of(trigger(0), trigger(1000)), CLOSE_AFTER, NOW)
                .closing(CLOSE_AFTER, MAX_LAG, NOW.plusSeconds(100));
        Head pruned = full.pruning(at(900), _ -> true);

        assertThat(pruned.incidents()).hasSize(1);
        assertThat(pruned.version()).isEqualTo(full.version() + 1);
        assertThat(pruned.mayHavePruned(at(60), CLOSE_AFTER)).isTrue();
        assertThat(pruned.mayHavePruned(at(61), CLOSE_AFTER)).isFalse();
        Head recalled = pruned.recalling(full.incidents()).with(List.of(trigger(30)), CLOSE_AFTER, NOW);
        assertThat(intervals(recalled)).containsExactly("0.0-30.0", "1000.0-1000.0");
    }

    @Test
    void doesNotPrune_whatTheHistoryDoesNotHold() {
        Head head = emptyHead()
                .with(List.of(trigger(0), trigger(1000)), CLOSE_AFTER, NOW)
                .closing(CLOSE_AFTER, MAX_LAG, NOW.plusSeconds(100));

        assertThat(head.pruning(at(900), _ -> false)).isSameAs(head);
    }

    private static List<String> intervals(Head head) {
        return head.incidents().stream()
                .filter(i -> i.mergedInto() == null)
                .map(i -> seconds(i.opened()) + "-" + seconds(i.lastPositive()))
                .toList();
    }

    private static double seconds(Instant time) {
        return Duration.between(Examples.START, time).toMillis() / 1000.0;
    }
}
