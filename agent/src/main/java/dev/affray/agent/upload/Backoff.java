package dev.affray.agent.upload;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One growing pause for all workers: it doubles with every round of failures up to a cap, with jitter, and is over with the first success. Failures of
 * attempts that were under way together are one round. Thread-safe.
 */
final class Backoff {
    private final long firstNanos;
    private final long capNanos;
    private long pauseNanos;
    private long untilNanos = System.nanoTime();

    Backoff(Duration first, Duration cap) {
        this.firstNanos = first.toNanos();
        this.capNanos = cap.toNanos();
    }

    synchronized void failed() {
        long now = System.nanoTime();
        if (now - untilNanos < 0) {
            return;
        }
        pauseNanos = pauseNanos == 0 ? firstNanos : Math.min(capNanos, pauseNanos * 2);
        untilNanos = now + (long) (pauseNanos * ThreadLocalRandom.current().nextDouble(0.5, 1.0));
        notifyAll();
    }

    synchronized void worked() {
        pauseNanos = 0;
        untilNanos = System.nanoTime();
        notifyAll();
    }

    /** Returns when the pause is over. */
    synchronized void await() throws InterruptedException {
        for (long left = left(); left > 0; left = left()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private long left() {
        return untilNanos - System.nanoTime();
    }
}
