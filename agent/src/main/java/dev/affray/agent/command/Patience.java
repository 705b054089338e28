package dev.affray.agent.command;

import java.time.Duration;

/**
 * How long things are waited for.
 *
 * @param picture until a picture for a snapshot comes, and until a camera that is connected to anew streams
 * @param settling after the end of a clip, until its last packets are there
 * @param upload until what was made is stored
 */
record Patience(Duration picture, Duration settling, Duration upload) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(5));
}
