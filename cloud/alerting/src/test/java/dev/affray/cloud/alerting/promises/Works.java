package dev.affray.cloud.alerting.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.alerting.Alert;
import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.alerting.Digest;
import dev.affray.cloud.alerting.Message;
import dev.affray.cloud.alerting.State;
import dev.affray.cloud.alerting.Tick;
import dev.affray.cloud.alerting.promises.Messages.Arrival;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.inference.Fate;
import dev.affray.cloud.inference.Inference;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.state.Counted;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.FrameKey;
import dev.affray.incident.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Inference by as many threads as one likes, and beside them alerting behind its feed and the tick, on real stores and the real clock. */
final class Works implements AutoCloseable {
    private static final long TICK_SECONDS = 2;
    private static final long REPORT_SECONDS = 15;
    private static final Clock CLOCK = Clock.systemUTC();

    private final String name;
    private final Feed feed;
    private final Counted ports = new Counted();
    private final InferenceBatch inference;
    private final Alerting alerting;
    private final Tick tick;
    private final Queue<Incident> announced = new ConcurrentLinkedQueue<>();
    private final AtomicLong handled = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> beside = new ArrayList<>();
    private final long started = System.nanoTime();
    private volatile boolean ending;

    Works(String name, Stores stores, Feed feed) {
        this.name = name;
        this.feed = feed;
        IncidentStore incidents = feed.of(stores.incidents());
        inference = new InferenceBatch(new Inference(
                ports.port(DetectionStore.class, stores.detections()),
                ports.port(IncidentStore.class, incidents),
                _ -> Footage.RULE,
                new EdgeScoreDetector(),
                CLOCK));
        alerting = State.alerting(stores.alerting(incidents, stores.notifications()), this::publish, CLOCK);
        tick = new Tick(incidents, alerting, _ -> Footage.RULE);
        beside.add(threads.submit(this::feed));
        beside.add(threads.submit(this::tick));
    }

    private String publish(Message message) {
        List<Alert> alerts = switch (message) {
            case Alert alert -> List.of(alert);
            case Digest digest -> digest.alerts();
        };
        alerts.stream().filter(alert -> alert.step() == Step.OPENED).forEach(alert -> announced.add(alert.incident()));
        return "receipt";
    }

    /** Delivers by so many threads at once, and returns when all is handled. */
    void deliver(List<FrameKey> keys, int workers) throws Exception {
        Queue<FrameKey> queue = new ConcurrentLinkedQueue<>(keys);
        List<Future<?>> hands = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            hands.add(threads.submit(() -> work(queue)));
        }
        for (Future<?> hand : hands) {
            hand.get();
        }
    }

    /** Delivers each list in its order, all lists at once. */
    void deliverInOrder(List<List<FrameKey>> lists) throws Exception {
        List<Future<?>> hands = new ArrayList<>();
        lists.forEach(list -> hands.add(threads.submit(() -> work(new ConcurrentLinkedQueue<>(list)))));
        for (Future<?> hand : hands) {
            hand.get();
        }
    }

    /** Announces and closes what is left, and ends the threads. */
    void settle() throws Exception {
        double seconds = seconds();
        System.out.printf(
                "%s: %,d deliveries in %.0f s, %,.0f a second%n",
                name, handled.get(), seconds, handled.get() / seconds);
        ports.calls()
                .forEach((call, count) ->
                        System.out.printf("%s: %.4f %s a delivery%n", name, count / (double) handled.get(), call));
        ending = true;
        for (Future<?> thread : beside) {
            thread.get();
        }
        for (int minute = 0; minute < 2; minute++) {
            drain();
            Tick.Outcome outcome = tick.run(muchLater());
            assertThat(outcome.failed() + outcome.postponed()).isZero();
        }
        drain();
        System.out.printf(
                "%s: settled after %.0f s; %d announced, %s%n", name, seconds(), announced.size(), alerting.counts());
    }

    Queue<Incident> announced() {
        return announced;
    }

    Counted ports() {
        return ports;
    }

    long handled() {
        return handled.get();
    }

    @Override
    public void close() {
        ending = true;
        threads.close();
    }

    private void work(Queue<FrameKey> queue) {
        for (FrameKey key = queue.poll(); key != null; key = queue.poll()) {
            Fate fate = inference.handle(Messages.of(List.of(new Arrival(key, CLOCK.instant()))));
            assertThat(fate).isInstanceOf(Fate.Settled.class);
            handled.incrementAndGet();
        }
    }

    private void feed() {
        while (!ending) {
            if (!feed.step(alerting)) {
                rest(20);
            }
        }
    }

    private void drain() {
        while (feed.step(alerting)) {
            // One batch after the other until there is nothing.
        }
    }

    /** Closes whatever is open every now and then, however fresh: the next frame must find it again. */
    private void tick() {
        for (long beat = 1; !ending; beat++) {
            rest(TimeUnit.SECONDS.toMillis(1));
            if (beat % TICK_SECONDS == 0) {
                assertThat(tick.run(muchLater()).failed()).isZero();
            }
            if (beat % REPORT_SECONDS == 0) {
                System.out.printf("%s: %,d after %.0f s%n", name, handled.get(), seconds());
            }
        }
    }

    private static Instant muchLater() {
        return CLOCK.instant().plus(Duration.ofHours(1));
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
