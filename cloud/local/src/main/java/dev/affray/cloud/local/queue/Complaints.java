package dev.affray.cloud.local.queue;

import java.time.Duration;
import java.util.function.BiConsumer;

/** Speaks of a trouble when it changes, and once a minute while it stays, with how often it was met since. Thread-safe. */
final class Complaints {
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final BiConsumer<String, Long> log;
    private String last = "";
    private long spokenAt;
    private long silent;

    /** @param log gets the reason, and how many like it were not spoken of */
    Complaints(BiConsumer<String, Long> log) {
        this.log = log;
    }

    synchronized void add(Throwable trouble) {
        String reason = trouble.toString();
        long now = System.nanoTime();
        boolean same = trouble.getClass().getName().equals(last);
        if (same && now - spokenAt < AGAIN_NANOS) {
            silent++;
            return;
        }
        log.accept(reason, silent);
        last = trouble.getClass().getName();
        spokenAt = now;
        silent = 0;
    }
}
