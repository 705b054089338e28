package dev.affray.agent.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One voice for a failure that repeats: a line when it begins, a line when its reason changes (at most one a minute), a reminder every hour, a line when
 * it is over. Thread-safe.
 */
public final class Trouble {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long REMINDER_NANOS = Duration.ofHours(1).toNanos();

    private final Logger log;
    private final String what;
    private @Nullable String reason;
    private long failures;
    private long beganNanos;
    private long spokeNanos;

    /** @param what the activity, as the subject of a sentence: {@code Uploading to bucket frames} */
    public Trouble(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** It failed. The reason reaches the log: no secrets. */
    public synchronized void failed(String newReason) {
        long now = System.nanoTime();
        failures++;
        if (reason == null) {
            beganNanos = now;
            log.warn("{} fails: {}", what, newReason);
        } else if (now - spokeNanos < (reason.equals(newReason) ? REMINDER_NANOS : QUIET_NANOS)) {
            return;
        } else {
            log.warn("{} still fails, {} times so far; now: {}", what, failures, newReason);
        }
        reason = newReason;
        spokeNanos = now;
    }

    /** It worked. */
    public synchronized void worked() {
        if (reason == null) {
            return;
        }
        long seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toSeconds();
        log.info("{} works again after {} failures in {} s", what, failures, seconds);
        reason = null;
        failures = 0;
    }

    /** Why it fails at present, if it does. */
    public synchronized @Nullable String reason() {
        return reason;
    }
}
