package dev.affray.cloud.function.runtime;

import java.time.Duration;

/** How a function's start ended. */
public sealed interface Start {
    /**
     * The function asks for its first event.
     *
     * @param took from spawning the JVM until it asked
     */
    record Ready(Duration took) implements Start {}

    /**
     * The function could not be made, or a hook around the snapshot failed.
     *
     * @param error what was posted, JSON
     */
    record Failed(String error) implements Start {}
}
