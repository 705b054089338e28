package dev.affray.cloud.alerting.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.Publisher;
import dev.affray.cloud.alerting.SettableClock;
import dev.affray.cloud.alerting.State;
import dev.affray.cloud.alerting.Tick;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.inference.Fate;
import dev.affray.cloud.inference.Inference;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.FrameKey;
import dev.affray.incident.Incident;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The way from an event to an announcement, over real stores, with workers that are interleaved and may die. */
final class World {
    /** Ends every lease, and is no reason to close anything. */
    private static final Duration LEASE_IS_OVER = Duration.ofMinutes(3);

    private final Stores stores;
    private final Interleaving steps;
    private final RandomGenerator random;
    private final SettableClock clock = new SettableClock(Film.START);
    private final InferenceBatch inference;
    private final Alerting alerting;
    private final Tick tick;
    private final List<Incident> announced = new ArrayList<>();

    World(
            Stores stores,
            Function<CameraId, AlertRule> rules,
            Function<FrameKey, Detector.Opinion> judge,
            RandomGenerator random,
            Interleaving steps) {
        this.stores = stores;
        this.steps = steps;
        this.random = random;
        DetectionStore detections = steps.port(DetectionStore.class, stores.detections());
        IncidentStore incidents = steps.port(IncidentStore.class, feeding(stores.incidents()));
        NotificationStore notifications = steps.port(NotificationStore.class, stores.notifications());
        Publisher publisher = steps.port(Publisher.class, this::publish);
        inference = new InferenceBatch(new Inference(detections, incidents, rules, new Judging(judge), clock));
        alerting = wired(incidents, notifications, publisher, clock);
        tick = new Tick(incidents, alerting, rules);
    }

    private record Judging(Function<FrameKey, Detector.Opinion> judge) implements Detector {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Opinion judge(String bucket, FrameKey key) {
            return judge.apply(key);
        }
    }

    private Alerting wired(
            IncidentStore incidents, NotificationStore notifications, Publisher publisher, Clock alertingClock) {
        return State.alerting(stores.alerting(incidents, notifications), publisher, alertingClock);
    }

    private String publish(Message message) {
        switch (message) {
            case Alert alert -> publish(alert);
            case Digest digest -> digest.alerts().forEach(this::publish);
        }
        return "receipt";
    }

    private void publish(Alert alert) {
        if (alert.step() != Step.OPENED) {
            return;
        }
        if (steps.isOneWorker()) {
            checkThatNoPartWasAnnounced(alert.incident());
        }
        announced.add(alert.incident());
    }

    /** Two workers may announce two incidents while a third joins them; one knows what it did. */
    private void checkThatNoPartWasAnnounced(Incident whole) {
        List<String> before = announced.stream().map(Incident::id).toList();
        assertThat(stores.incidents()
                        .head(whole.camera(), whole.kind(), whole.line())
                        .incidents())
                .as("parts of %s", whole.id())
                .noneMatch(part -> whole.id().equals(part.mergedInto()) && before.contains(part.id()));
    }

    /** The store's change feed: each head that it stores is handed to alerting, now and then twice. */
    private IncidentStore feeding(IncidentStore real) {
        Object proxy = Proxy.newProxyInstance(
                IncidentStore.class.getClassLoader(), new Class<?>[] {IncidentStore.class}, (_, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("replace") && result.equals(true)) {
                        Head head = (Head) arguments[0];
                        for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
                            steps.add(() -> announce(head));
                        }
                    }
                    return result;
                });
        return (IncidentStore) proxy;
    }

    private boolean announce(Head head) {
        try {
            alerting.handle(head);
            return true;
        } catch (Alerting.Postponed e) {
            return false;
        }
    }

    SettableClock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Messages delivered, and what follows from them, to the end; with a tick or two in between. */
    void deliver(List<Function<Instant, String>> messages) {
        messages.forEach(message -> steps.add(() -> inference.handle(message.apply(now())) instanceof Fate.Settled));
        for (int ticks = random.nextInt(Math.min(messages.size(), 2) + 1); ticks > 0; ticks--) {
            Duration ahead = Duration.ofMinutes(random.nextInt(2) * 10L);
            steps.add(() -> tick.run(now().plus(ahead)).failed() == 0);
        }
        finish();
    }

    private void finish() {
        steps.run();
        while (!steps.isIdle()) {
            // Whoever died with a claim in hand must lose it.
            clock.advance(LEASE_IS_OVER);
            steps.run();
        }
    }

    /** The minute tick, now. */
    void tick() {
        steps.add(() -> tick.run(now()).failed() == 0);
        finish();
    }

    /** Closes what is open, and announces what is not announced. */
    void settle() {
        clock.advance(LEASE_IS_OVER);
        for (int minute = 0; minute < 2; minute++) {
            steps.add(() -> {
                Tick.Outcome outcome = tick.run(now().plus(Duration.ofHours(1)));
                return outcome.failed() == 0 && outcome.postponed() == 0;
            });
            finish();
        }
    }

    /** Every incident that a message spoke of, as it was then, in the order of the messages. */
    List<Incident> announced() {
        return announced;
    }

    Alerting.Counts counts() {
        return alerting.counts();
    }
}
