package dev.affray.cloud.state;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts within windows of time that follow each other without a gap, beginning at 1970. So twice the most may fall into some span as long as a window, and never more. What
 * is over is forgotten. Thread-safe, also across processes.
 */
public interface CounterStore {
    /**
     * Takes one, if fewer than the most are taken in the window of now.
     *
     * @param name whose
     * @param window its length
     * @param most how many may be taken in one window
     * @return whether one was taken; after a lost answer it may have been counted twice, and never too few
     */
    boolean take(String name, Duration window, long most, Instant now);

    /** Gives one back that was taken in the window of now; nothing changes where none is taken. */
    void giveBack(String name, Duration window, Instant now);
}
