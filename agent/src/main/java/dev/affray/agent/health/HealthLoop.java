package dev.affray.agent.health;

import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.HealthReport;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the health document every interval, give or take a tenth, and within about a second of a camera or the spool changing its state. One thread of its own;
 * {@link #close} publishes the last report on the caller's.
 */
public final class HealthLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthLoop.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String thing;
    private final Duration interval;
    private final Supplier<List<CameraHealth>> cameras;
    private final GatewayFigures gateway;
    private final Predicate<HealthReport> publish;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("health").daemon().factory());
    private Map<String, CameraState> told = Map.of();
    private SpoolState toldSpool = SpoolState.OK;
    private long dueNanos = System.nanoTime();
    private boolean closed;

    /** @param publish whether the report was handed to a connection; one that was not is made anew at the next look */
    public HealthLoop(
            String thing,
            Duration interval,
            Supplier<List<CameraHealth>> cameras,
            GatewayFigures gateway,
            Predicate<HealthReport> publish,
            Clock clock) {
        this.thing = thing;
        this.interval = interval;
        this.cameras = cameras;
        this.gateway = gateway;
        this.publish = publish;
        this.clock = clock;
    }

    /** Begins. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never throws: the timer would not look again, and say nothing. */
    private synchronized void look() {
        try {
            List<CameraHealth> now = cameras.get();
            if (!closed
                    && (System.nanoTime() - dueNanos >= 0
                            || !states(now).equals(told)
                            || gateway.spoolState() != toldSpool)) {
                publish(now, false);
            }
        } catch (RuntimeException | Error e) {
            log.error("Cannot make the health report", e);
        }
    }

    private void publish(List<CameraHealth> now, boolean last) {
        HealthReport report =
                new HealthReport(thing, clock.instant().truncatedTo(ChronoUnit.MILLIS), last, gateway.now(), now);
        SpoolHealth spool = report.gateway().spool();
        if (publish.test(report)) {
            told = states(now);
            toldSpool = spool == null ? toldSpool : spool.state();
            double jitter = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
            dueNanos = System.nanoTime() + (long) (interval.toNanos() * jitter);
        }
    }

    private static Map<String, CameraState> states(List<CameraHealth> cameras) {
        Map<String, CameraState> states = new TreeMap<>();
        cameras.forEach(camera -> states.put(camera.camera(), camera.state()));
        return states;
    }

    /** Publishes the last report and ends. Safe to call again. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (!closed) {
                closed = true;
                publish(cameras.get(), true);
            }
        }
    }
}
