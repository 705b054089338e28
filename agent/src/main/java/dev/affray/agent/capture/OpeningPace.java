package dev.affray.agent.capture;

/**
 * Spaces the openings of streams: a gateway that starts asks a recorder for dozens of its cameras, and there are servers that hang for good when all are asked
 * for at the same moment. Only beginnings are spaced, so one that hangs delays no other. Thread-safe.
 */
final class OpeningPace {
    private static final long APART_NANOS = 50_000_000;
    private static final OpeningPace SYSTEM = new OpeningPace(APART_NANOS);

    private final long apartNanos;
    private long freeNanos = System.nanoTime();

    OpeningPace(long apartNanos) {
        this.apartNanos = apartNanos;
    }

    /** That of this process. */
    static OpeningPace system() {
        return SYSTEM;
    }

    /** How long to wait before the next opening, in nanoseconds. It is taken for granted that it comes then. */
    synchronized long waitNanos() {
        long now = System.nanoTime();
        long wait = Math.max(0, freeNanos - now);
        freeNanos = now + wait + apartNanos;
        return wait;
    }
}
