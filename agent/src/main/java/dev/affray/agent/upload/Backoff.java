package dev.affray.agent.upload;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One growing pause for all workers: it doubles with every round of failures up to the failure's cap, with jitter, and is over with the first success. Failures of
 * attempts that were under way together are one round. Thread-safe.
 */
final class Backoff {
    private final long firstNanos;
    private long pauseNanos;
    private long untilNanos = System.nanoTime();

    Backoff(Duration first) {
        this.firstNanos = first.toNanos();
    }

    /** @param cap of the pause that follows this failure */
    synchronized void failed(Duration cap) {
        long now = System.nanoTime();
        if (now - untilNanos < 0) {
            return;
        }
        pauseNanos = Math.min(cap.toNanos(), pauseNanos == 0 ? firstNanos : pauseNanos * 2);
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

    /** In nanoseconds. */
    synchronized long left() {
        return untilNanos - System.nanoTime();
    }
}
