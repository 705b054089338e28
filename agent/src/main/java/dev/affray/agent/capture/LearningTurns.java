package dev.affray.agent.capture;

import java.util.concurrent.Semaphore;

/**
 * Who may decode everything only to learn what is usual for his camera: a gateway that starts would otherwise decode all its cameras at once, and fall behind
 * with all. Those who wait look at key pictures. Thread-safe.
 */
final class LearningTurns {
    /** A camera of 1080p takes a tenth of a core while everything is decoded. */
    private static final int EACH_CORE = 4;

    private static final LearningTurns SYSTEM =
            new LearningTurns(EACH_CORE * Runtime.getRuntime().availableProcessors());

    private final Semaphore free;

    LearningTurns(int turns) {
        free = new Semaphore(turns);
    }

    /** Those of this process. */
    static LearningTurns system() {
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
