package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.sns.SnsPublisher;
import dev.affray.cloud.alerting.sns.SnsStandIn;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.frame.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker dies at every moment in turn, just before and just after each of its calls. Whoever comes next, the stream or the tick, ends the work: the
 * message arrives, and twice only when death came between publishing and recording.
 */
class DeathTest {
    private static final Set<String> AFTER_PUBLISHING = Set.of("after publish", "before record");
    private static final Duration OVER = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    /** Who comes after the death. */
    private enum Next {
        STREAM,
        TICK
    }

    @Test
    void inTheLocalEdition_deathAtAnyMomentLosesNothing() throws Exception {
        try (State state = State.sqlite(folder)) {
            assertThat(diesAtEveryMoment(state)).isGreaterThan(20);
        }
    }

    @Test
    void inAws_deathAtAnyMomentLosesNothing() throws Exception {
        try (State state = State.dynamo()) {
            assertThat(diesAtEveryMoment(state)).isGreaterThan(20);
        }
    }

    private int diesAtEveryMoment(State state) throws Exception {
        int deaths = 0;
        try (SnsStandIn sns = new SnsStandIn()) {
            SnsPublisher publisher = sns.publisher();
            for (Next next : Next.values()) {
                int moment = 0;
                while (new Life(state, sns, publisher, next, moment).diesAndIsSucceeded()) {
                    moment++;
                }
                deaths += moment;
            }
        }
        return deaths;
    }

    private static final class Life {
        private final State state;
        private final SnsStandIn sns;
        private final SnsPublisher publisher;
        private final Next next;
        private final Mortal mortal;
        private final SettableClock clock = new SettableClock(Heads.START);
        private final Head head;

        Life(State state, SnsStandIn sns, SnsPublisher publisher, Next next, int moment) {
            this.state = state;
            this.sns = sns;
            this.publisher = publisher;
            this.next = next;
            this.mortal = new Mortal(moment);
            this.head = Heads.opened(new CameraId("gateway-" + next, "camera-" + moment), Heads.START);
            assertThat(state.incidents().replace(head)).isTrue();
        }

        /** Whether there was such a moment. */
        boolean diesAndIsSucceeded() throws Exception {
            Optional<String> death = work();
            Alerting successor = State.alerting(state.stores(), publisher, clock);
            if (next == Next.STREAM) {
                deliver(successor, head);
                deliver(successor, stored());
            }
            Tick tick = new Tick(state.incidents(), successor, _ -> AlertRule.DEFAULT);
            if (tick.run(over()).postponed() > 0) {
                clock.advance(Delivery.LEASE);
                assertThat(tick.run(over()).postponed()).isZero();
            }
            if (next == Next.STREAM) {
                deliver(successor, stored());
            }
            check(death, successor);
            return death.isPresent();
        }

        /** The mortal worker: the stream's alone when the tick comes next, so that the tick has all to do. */
        private Optional<String> work() throws Exception {
            IncidentStore incidents = mortal.port(IncidentStore.class, state.incidents());
            Alerting alerting = State.alerting(
                    new Stores(
                            incidents,
                            mortal.port(NotificationStore.class, state.notifications()),
                            state.cameras(),
                            state.stores().counters(),
                            state.stores().episodes()),
                    mortal.port(Publisher.class, publisher),
                    clock);
            try {
                alerting.handle(head);
                if (next == Next.STREAM) {
                    new Tick(incidents, alerting, _ -> AlertRule.DEFAULT).run(over());
                }
                return Optional.empty();
            } catch (Mortal.Death death) {
                return Optional.of(String.valueOf(death.getMessage()));
            }
        }

        private void deliver(Alerting alerting, Head changed) throws Exception {
            try {
                alerting.handle(changed);
            } catch (Alerting.Postponed e) {
                clock.advance(e.after());
                alerting.handle(changed);
            }
        }

        private void check(Optional<String> death, Alerting successor) {
            String id = Heads.incident(head);
            String moment = next + ", death " + death.orElse("nowhere");
            boolean repeated = death.filter(AFTER_PUBLISHING::contains).isPresent();
            assertThat(sns.taken(id)).as(moment).isEqualTo(repeated ? 2 : 1);
            if (repeated) {
                assertThat(successor.counts().possiblyRepeated()).as(moment).isEqualTo(1);
            }
            assertThat(stored().isOpen()).as(moment).isFalse();
            assertThat(state.incidents().find(id))
                    .as(moment)
                    .contains(stored().incidents().getFirst());
            assertThat(state.notifications().of(id))
                    .as(moment)
                    .singleElement()
                    .satisfies(n -> assertThat(n.settledAt()).isNotNull());
        }

        private Head stored() {
            return state.incidents().head(head.camera(), head.kind(), head.line());
        }

        private Instant over() {
            return clock.instant().plus(OVER);
        }
    }
}
