package dev.affray.agent.command;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many in a while, all at once or one after another. Thread-safe. */
final class TokenBucket {
    private final int most;
    private final long nanosPerToken;
    private final LongSupplier nanos;
    private long tokens;
    private long countedNanos;

    /**
     * A full one.
     *
     * @param most in {@code time}
     * @param nanos a monotonic clock
     */
    TokenBucket(int most, Duration time, LongSupplier nanos) {
        this.most = most;
        this.nanosPerToken = time.dividedBy(most).toNanos();
        this.nanos = nanos;
        this.tokens = most;
        this.countedNanos = nanos.getAsLong();
    }

    /** Takes one, if there is one. */
    synchronized boolean take() {
        refill();
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    /** How long until there is one. */
    synchronized Duration untilNext() {
        refill();
        return tokens > 0 ? Duration.ZERO : Duration.ofNanos(countedNanos + nanosPerToken - nanos.getAsLong());
    }

    private void refill() {
        long now = nanos.getAsLong();
        long fresh = (now - countedNanos) / nanosPerToken;
        if (tokens + fresh >= most) {
            tokens = most;
            countedNanos = now;
        } else {
            tokens += fresh;
            countedNanos += fresh * nanosPerToken;
        }
    }
}
