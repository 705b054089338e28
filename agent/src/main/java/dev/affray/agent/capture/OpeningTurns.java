package dev.affray.agent.capture;

import java.util.concurrent.Semaphore;

/**
 * Who may decode everything from the first packet of a stream on: a gateway that starts would otherwise do so for all its cameras at once, and fall behind
 * with all. The others begin with key pictures. Thread-safe.
 */
final class OpeningTurns {
    /** A camera of 1080p takes a sixth of a core while everything is decoded. */
    private static final int EACH_CORE = 4;

    private static final OpeningTurns SYSTEM =
            new OpeningTurns(EACH_CORE * Runtime.getRuntime().availableProcessors());

    private final Semaphore free;

    OpeningTurns(int turns) {
        free = new Semaphore(turns);
    }

    /** Those of this process. */
    static OpeningTurns system() {
        return SYSTEM;
    }

    /** Takes a turn, if one is free; it is to be given back. */
    boolean take() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }
}
