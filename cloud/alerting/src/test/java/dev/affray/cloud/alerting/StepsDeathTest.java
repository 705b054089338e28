package dev.affray.cloud.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fight that nobody takes charge of, is escalated, acknowledged, and whose camera is muted; and another one that is held back for a digest. The worker dies at every moment
 * in turn, just before and just after each of its calls, and another one goes on. Each message arrives, and twice only when death came between publishing and
 * recording.
 */
class StepsDeathTest {
    private static final Set<String> AFTER_PUBLISHING = Set.of("after publish", "before record");
    private static final Duration ESCALATE_AFTER = Duration.ofMinutes(3);
    private static final List<String> ALL = List.of(
            "guards OPENED door",
            "guards OPENED yard",
            "second ESCALATED door",
            "guards ACKNOWLEDGED door",
            "second ACKNOWLEDGED door",
            "guards MUTED door",
            "second MUTED door");

    @TempDir
    private Path folder;

    @Test
    void inTheLocalEdition_deathAtAnyMomentLosesNothing() {
        int moment = 0;
        while (diesAndIsSucceeded(moment)) {
            moment++;
        }
        assertThat(moment).isGreaterThan(100);
    }

    private boolean diesAndIsSucceeded(int moment) {
        try (State state = State.sqlite(folder.resolve("life-" + moment))) {
            return new Life(state, moment).diesAndIsSucceeded();
        }
    }

    private static final class Life {
        private final State state;
        private final int moment;
        private final SettableClock clock = new SettableClock(Heads.START);
        private final List<String> told = new ArrayList<>();
        private final Mortal mortal;
        private final CameraId door;
        private final CameraId yard;
        private Alerting alerting;
        private Tick tick;
        private Optional<String> death = Optional.empty();

        Life(State state, int moment) {
            this.state = state;
            this.moment = moment;
            mortal = new Mortal(moment);
            door = new CameraId("gateway-" + moment, "door");
            yard = new CameraId("gateway-" + moment, "yard");
            Stores real = state.stores();
            begin(
                    new Stores(
                            mortal.port(IncidentStore.class, real.incidents()),
                            mortal.port(NotificationStore.class, real.notifications()),
                            real.cameras(),
                            real.counters(),
                            real.episodes()),
                    true);
        }

        private void begin(Stores stores, boolean dies) {
            // One message a camera would be too few for a policy; the room of the yard is taken beforehand.
            Policy policy = new Policy(Optional.of(ESCALATE_AFTER), 10, 1_000_000, 1_000_000);
            alerting = new Alerting(
                    stores,
                    List.of(channel("guards", Group.ALERTS, dies), channel("second", Group.ESCALATION, dies)),
                    policy,
                    (_, _) -> Optional.empty(),
                    clock);
            tick = new Tick(stores.incidents(), alerting, _ -> AlertRule.DEFAULT);
        }

        private Channel channel(String name, Group group, boolean dies) {
            Publisher publisher = message -> publish(name, message);
            return new Channel(name, Set.of(group), dies ? mortal.port(Publisher.class, publisher) : publisher);
        }

        private synchronized String publish(String name, Message message) {
            switch (message) {
                case Alert alert -> told.add(name + " " + alert.step() + " " + alert.cameraName());
                case Digest digest -> digest.alerts().forEach(alert -> publish(name, alert));
            }
            return "m";
        }

        boolean diesAndIsSucceeded() {
            for (int i = 0; i < 10; i++) {
                state.stores().counters().take("camera guards " + yard, Pace.WINDOW, 10, clock.instant());
            }
            store(Heads.opened(door, clock.instant()));
            store(Heads.opened(yard, clock.instant()));
            handle(door);
            handle(yard);
            minutes(1);
            // A claim that a dead worker left is passed on after its lease.
            minutes(2);
            minutes(3);
            store(head(door).acknowledged(Heads.incident(head(door)), "link", clock.instant()));
            handle(door);
            store(head(door).muted(Mute.of(head(door), Heads.incident(head(door)), "link", clock.instant())));
            handle(door);
            minutes(3);
            // The feed delivers again what a dead worker did not finish.
            handle(door);
            handle(yard);
            check();
            return death.isPresent();
        }

        private void check() {
            Map<String, Long> counts = new TreeMap<>();
            told.forEach(t -> counts.merge(t, 1L, Long::sum));
            // Nobody takes charge of the yard.
            counts.remove("second ESCALATED yard");
            String when = "moment " + moment + ", death " + death.orElse("nowhere") + ": " + told;
            assertThat(counts.keySet()).as(when).containsExactlyInAnyOrderElementsOf(ALL);
            long more = counts.values().stream().mapToLong(n -> n - 1).sum();
            boolean may = death.filter(AFTER_PUBLISHING::contains).isPresent();
            assertThat(more).as(when).isBetween(0L, may ? 2L : 0L);
            if (more > 0) {
                assertThat(alerting.counts().possiblyRepeated()).as(when).isGreaterThanOrEqualTo(1);
            }
        }

        private void minutes(int minutes) {
            clock.advance(Duration.ofMinutes(minutes));
            mortally(() -> tick.run(clock.instant()));
        }

        private void handle(CameraId camera) {
            mortally(() -> {
                try {
                    alerting.handle(head(camera));
                } catch (Alerting.Postponed e) {
                    clock.advance(e.after());
                    try {
                        alerting.handle(head(camera));
                    } catch (Alerting.Postponed again) {
                        throw new IllegalStateException(again);
                    }
                }
            });
        }

        /** When this worker dies, another one does the same from the beginning. */
        private void mortally(Runnable work) {
            try {
                work.run();
            } catch (Mortal.Death dead) {
                death = Optional.of(String.valueOf(dead.getMessage()));
                begin(state.stores(), false);
                work.run();
            }
        }

        private void store(Head head) {
            assertThat(state.incidents().replace(head)).isTrue();
        }

        private Head head(CameraId camera) {
            return state.incidents().head(camera, IncidentKind.FIGHT, Line.LIVE);
        }
    }
}
