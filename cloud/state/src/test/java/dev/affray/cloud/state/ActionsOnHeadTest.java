package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static dev.affray.cloud.state.Examples.emptyHead;
import static dev.affray.cloud.state.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.incident.Incident;
import dev.affray.incident.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people do about the incidents of a head. */
class ActionsOnHeadTest {
    private static final Duration CLOSE_AFTER = Duration.ofSeconds(60);
    private static final Instant NOW = at(10_000);
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Head head = emptyHead().with(List.of(trigger(5), trigger(500)), CLOSE_AFTER, NOW);
    private final Incident first = head.incidents().getFirst();

    @Test
    void theFirstWhoTakesChargeStays() {
        Head taken = head.acknowledged(first.id(), "guard", NOW);

        assertThat(taken.changed()).singleElement().satisfies(incident -> {
            assertThat(incident.id()).isEqualTo(first.id());
            assertThat(incident.acknowledgedAt()).isEqualTo(NOW);
            assertThat(incident.acknowledgedBy()).isEqualTo("guard");
        });
        assertThat(taken.acknowledged(first.id(), "link", LATER)).isSameAs(taken);
        assertThat(head.acknowledged("another", "link", NOW)).isSameAs(head);
    }

    @Test
    void aFalseAlarmIsTakenChargeOf_andCanBeCalledATrueOneAfterAll() {
        Head said = head.judged(first.id(), Judgement.FALSE_ALARM, "link", NOW);

        assertThat(said.incidents().getFirst().judgement()).isEqualTo(Judgement.FALSE_ALARM);
        assertThat(said.incidents().getFirst().acknowledgedAt()).isEqualTo(NOW);
        assertThat(said.judged(first.id(), Judgement.FALSE_ALARM, "guard", LATER))
                .isSameAs(said);
        Head after = said.judged(first.id(), Judgement.TRUE_ALARM, "guard", LATER);
        assertThat(after.incidents().getFirst().judgement()).isEqualTo(Judgement.TRUE_ALARM);
        assertThat(after.incidents().getFirst().acknowledgedBy()).isEqualTo("link");
    }

    @Test
    void whoeverTookChargeFirstStays_whenTwoIncidentsJoin_inWhateverOrderThatBecameKnown() {
        Incident second = head.incidents().getLast();
        Head one = head.acknowledged(first.id(), "slow", LATER).acknowledged(second.id(), "quick", NOW);
        Head joined = one.with(
                List.of(
                        trigger(60),
                        trigger(120),
                        trigger(180),
                        trigger(240),
                        trigger(300),
                        trigger(360),
                        trigger(420)),
                CLOSE_AFTER,
                LATER);
        joined = joined.with(List.of(trigger(470)), CLOSE_AFTER, LATER);

        assertThat(joined.incidents())
                .filteredOn(i -> i.mergedInto() == null)
                .singleElement()
                .satisfies(whole -> {
                    assertThat(whole.id()).isEqualTo(first.id());
                    assertThat(whole.acknowledgedBy()).isEqualTo("quick");
                });
    }

    @Test
    void aMuteThatHolds_isNeitherDoubledNorProlonged() {
        Head muted = head.muted(Mute.of(head, first.id(), "link", NOW));

        assertThat(muted.version()).isEqualTo(head.version() + 1);
        assertThat(muted.changed()).isEmpty();
        assertThat(muted.muted(Mute.of(muted, first.id(), "guard", LATER))).isSameAs(muted);
        assertThat(muted.mute().until()).isEqualTo(NOW.plus(Mute.LASTS));
    }

    @Test
    void whoeverMutesTheSameHeadAtOnce_makesTheSameMute_andTheNextOneIsAnother() {
        Mute mute = Mute.of(head, first.id(), "link", NOW);

        assertThat(Mute.of(head, first.id(), "guard", NOW.plusMillis(3)).id())
                .isEqualTo(mute.id())
                .matches("[0-9a-z]{12}");
        Head after = head.muted(mute).unmuted("link", LATER);
        assertThat(Mute.of(after, first.id(), "link", LATER).id()).isNotEqualTo(mute.id());
    }

    @Test
    void aMuteCanBeTakenBackWhileItHolds_andOnce() {
        Head muted = head.muted(Mute.of(head, first.id(), "link", NOW));
        Head loud = muted.unmuted("guard", LATER);

        assertThat(loud.mute().ended()).isEqualTo(LATER);
        assertThat(loud.mute().endedBy()).isEqualTo("guard");
        assertThat(loud.mute().holds(LATER)).isFalse();
        assertThat(loud.unmuted("link", LATER)).isSameAs(loud);
        assertThat(loud.muteOver(LATER.plus(Mute.LASTS))).isSameAs(loud);
        assertThat(muted.unmuted("guard", NOW.plus(Mute.LASTS))).isSameAs(muted);
        assertThat(head.unmuted("guard", NOW)).isSameAs(head);
    }

    @Test
    void thatAMutesTimeIsUp_isNotedOnce_andItEndedWhenItsTimeWasUp() {
        Head muted = head.muted(Mute.of(head, first.id(), "link", NOW));

        assertThat(muted.muteOver(NOW.plus(Mute.LASTS).minusMillis(1))).isSameAs(muted);
        Head over = muted.muteOver(NOW.plus(Mute.LASTS).plusSeconds(50));
        assertThat(over.mute().ended()).isEqualTo(NOW.plus(Mute.LASTS));
        assertThat(over.mute().endedBy()).isNull();
        assertThat(over.muteOver(NOW.plus(Mute.LASTS).plusSeconds(99))).isSameAs(over);
        assertThat(over.muted(Mute.of(over, first.id(), "link", NOW.plus(Mute.LASTS)))
                        .mute()
                        .holds(NOW.plus(Mute.LASTS)))
                .isTrue();
    }

    @Test
    void theMuteStays_whateverElseHappensToTheHead() {
        Head muted = head.muted(Mute.of(head, first.id(), "link", NOW));

        Head grown = muted.with(List.of(trigger(900)), CLOSE_AFTER, LATER)
                .closing(CLOSE_AFTER, Duration.ofSeconds(20), LATER.plusSeconds(900))
                .pruning(at(450), _ -> true)
                .recalling(List.of(first))
                .acknowledged(first.id(), "link", LATER);

        assertThat(grown.mute()).isEqualTo(muted.mute());
        assertThat(grown.needsTick()).isTrue();
    }
}
