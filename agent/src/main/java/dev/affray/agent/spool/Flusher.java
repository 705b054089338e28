package dev.affray.agent.spool;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forces the spool's new frames to the disk every second, on a thread of its own, and once more at the end. */
public final class Flusher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Flusher.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DiskSpool spool;
    private final Duration pause;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("spool-force").daemon().factory());

    public Flusher(DiskSpool spool) {
        this(spool, PAUSE);
    }

    /** @param pause between two rounds */
    Flusher(DiskSpool spool, Duration pause) {
        this.spool = spool;
        this.pause = pause;
    }

    /** Begins. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::flush, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never throws: the timer would not call again, and say nothing. */
    private void flush() {
        try {
            spool.flush();
        } catch (RuntimeException | Error e) {
            log.error("Cannot force the spool to the disk", e);
        }
    }

    /** Forces what is left, waiting some seconds at most for a disk that does not answer. Safe to call again. */
    @Override
    public void close() {
        if (timer.isShutdown()) {
            return;
        }
        timer.execute(this::flush);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The disk does not answer; the last frames may not be on it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
