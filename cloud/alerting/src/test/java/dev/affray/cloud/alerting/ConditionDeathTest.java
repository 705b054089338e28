package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.sns.SnsPublisher;
import dev.affray.cloud.alerting.sns.SnsStandIn;
import dev.affray.cloud.state.Condition;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link DeathTest}, for a camera that is gone and comes back: a worker tells of its beginning, then of its end, and dies at every moment in turn; the
 * stream or the tick ends the work. Each of the two messages arrives, and twice only when death came between publishing and recording it.
 */
class ConditionDeathTest {
    private static final Instant GONE = Heads.START;
    private static final Instant BACK = GONE.plusSeconds(840);

    @TempDir
    private Path folder;

    @Test
    void inTheLocalEdition_neitherMessageIsLost() throws Exception {
        try (State state = State.sqlite(folder)) {
            diesAtEveryMoment(state);
        }
    }

    @Test
    void inAws_neitherMessageIsLost() throws Exception {
        try (State state = State.dynamo()) {
            diesAtEveryMoment(state);
        }
    }

    private static void diesAtEveryMoment(State state) throws Exception {
        try (SnsStandIn sns = new SnsStandIn()) {
            for (boolean streamFirst : new boolean[] {true, false}) {
                int moment = 0;
                while (new Life(state, sns, streamFirst, moment).diesAndIsSucceeded()) {
                    moment++;
                }
                assertThat(moment).isGreaterThan(20);
            }
        }
    }

    private static final class Life {
        private final State state;
        private final SnsStandIn sns;
        private final SnsPublisher publisher;
        private final boolean streamFirst;
        private final Mortal mortal;
        private final SettableClock clock = new SettableClock(GONE.plusSeconds(120));
        private final Head gone;
        private Head back;

        Life(State state, SnsStandIn sns, boolean streamFirst, int moment) {
            this.state = state;
            this.sns = sns;
            this.publisher = sns.publisher();
            this.streamFirst = streamFirst;
            this.mortal = new Mortal(moment);
            CameraId camera = new CameraId("gateway-" + (streamFirst ? "s" : "t"), "camera-" + moment);
            Head empty = Head.empty(camera, IncidentKind.CAMERA_OFFLINE, Line.LIVE);
            gone = Condition.begin(empty, GONE, "no route to host", clock.instant());
            back = gone;
            assertThat(state.incidents().replace(gone)).isTrue();
        }

        boolean diesAndIsSucceeded() throws Exception {
            Optional<String> death = work();
            if (back == gone) {
                comesBack();
            }
            Alerting successor = State.alerting(state.stores(), publisher, clock);
            if (streamFirst) {
                deliver(successor, gone);
                deliver(successor, back);
            }
            Tick tick = new Tick(state.incidents(), successor, _ -> AlertRule.DEFAULT);
            for (int i = 0; i < 3 && stored().isOpen(); i++) {
                clock.advance(Delivery.LEASE);
                tick.run(clock.instant());
            }
            deliver(successor, stored());
            check(death);
            return death.isPresent();
        }

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
                alerting.handle(gone);
                comesBack();
                alerting.handle(back);
                new Tick(incidents, alerting, _ -> AlertRule.DEFAULT).run(clock.instant());
                return Optional.empty();
            } catch (Mortal.Death death) {
                return Optional.of(String.valueOf(death.getMessage()));
            }
        }

        /** The watch has seen it. */
        private void comesBack() {
            clock.advance(Duration.ofMinutes(20));
            back = Condition.end(gone, BACK, clock.instant());
            assertThat(state.incidents().replace(back)).isTrue();
        }

        private void deliver(Alerting alerting, Head changed) throws Exception {
            try {
                alerting.handle(changed);
            } catch (Alerting.Postponed e) {
                clock.advance(e.after());
                alerting.handle(changed);
            }
        }

        private void check(Optional<String> death) {
            String id = Heads.incident(gone);
            String moment = (streamFirst ? "stream" : "tick") + ", death " + death.orElse("nowhere");
            boolean repeated = death.filter(d -> d.equals("after publish") || d.equals("before record"))
                    .isPresent();
            long opened = sns.taken(id, Step.OPENED);
            long closed = sns.taken(id, Step.CLOSED);
            assertThat(opened).as(moment).isBetween(1L, 2L);
            assertThat(closed).as(moment).isBetween(1L, 2L);
            assertThat(opened + closed).as(moment).isEqualTo(repeated ? 3 : 2);
            assertThat(stored().isOpen()).as(moment).isFalse();
            assertThat(stored().incidents().getFirst().closed()).as(moment).isEqualTo(BACK);
            assertThat(state.incidents().find(id))
                    .as(moment)
                    .contains(stored().incidents().getFirst());
            assertThat(state.notifications().of(id))
                    .as(moment)
                    .hasSize(2)
                    .extracting(Notification::settledAt)
                    .doesNotContainNull();
        }

        private Head stored() {
            return state.incidents().head(gone.camera(), gone.kind(), gone.line());
        }
    }
}
