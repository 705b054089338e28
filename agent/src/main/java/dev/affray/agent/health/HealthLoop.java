package dev.affray.agent.health;

import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.HealthReport;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the health document every interval, give or take a tenth, and within about a second of a camera or the spool changing its state. One thread of its own;
 * {@link #close} publishes the last report on the caller's.
 */
public final class HealthLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthLoop.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Duration interval;
    private final HealthReports reports;
    private final Predicate<HealthReport> publish;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("health").daemon().factory());
    private Map<String, CameraState> told = Map.of();
    private SpoolState toldSpool = SpoolState.OK;
    private long dueNanos = System.nanoTime();
    private volatile long lookedNanos = System.nanoTime();
    private boolean closed;

    /** @param publish whether the report was handed to a connection; one that was not is made anew at the next look */
    public HealthLoop(Duration interval, HealthReports reports, Predicate<HealthReport> publish) {
        this.interval = interval;
        this.reports = reports;
        this.publish = publish;
    }

    /** Begins. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never throws: the timer would not look again, and say nothing. */
    private synchronized void look() {
        try {
            List<CameraHealth> now = reports.cameras();
            if (!closed
                    && (System.nanoTime() - dueNanos >= 0
                            || !states(now).equals(told)
                            || reports.spoolState() != toldSpool)) {
                publish(now, false);
            }
        } catch (RuntimeException | Error e) {
            log.error("Cannot make the health report", e);
        }
        lookedNanos = System.nanoTime();
    }

    /** How long ago it last looked after the cameras, which it does every second: much longer means that something in this process hangs. */
    public Duration sinceLook() {
        return Duration.ofNanos(System.nanoTime() - lookedNanos);
    }

    private void publish(List<CameraHealth> now, boolean last) {
        HealthReport report = reports.of(now, last);
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
                publish(reports.cameras(), true);
            }
        }
    }
}
