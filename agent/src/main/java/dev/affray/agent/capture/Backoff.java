package dev.affray.agent.capture;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** How long to wait before a lost stream is tried again: about 1 s at first, twice as long each time, never more than about 30 s. For one thread. */
final class Backoff {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final DoubleSupplier random;
    private final long firstNanos;
    private final long longestNanos;
    private long nextNanos;

    /** @param random from 0 to 1; spreads the attempts of many cameras */
    Backoff(DoubleSupplier random) {
        this(random, FIRST_NANOS, LONGEST_NANOS);
    }

    Backoff(DoubleSupplier random, long firstNanos, long longestNanos) {
        this.random = random;
        this.firstNanos = firstNanos;
        this.longestNanos = longestNanos;
        nextNanos = firstNanos;
    }

    static Backoff usual() {
        return new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    }

    /** The next wait, 75 to 125 % of the nominal one. */
    long nextNanos() {
        long wait = (long) (nextNanos * (0.75 + random.getAsDouble() / 2));
        nextNanos = Math.min(longestNanos, nextNanos * 2);
        return wait;
    }

    /** The stream worked: begin with short waits again. */
    void reset() {
        nextNanos = firstNanos;
    }
}
