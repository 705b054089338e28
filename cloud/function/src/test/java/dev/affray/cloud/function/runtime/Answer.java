package dev.affray.cloud.function.runtime;

import java.time.Duration;

/** How one invocation ended. */
public sealed interface Answer {
    /** The id that the runtime gave the invocation. */
    String requestId();

    /** The body that was posted, JSON. */
    String body();

    /** From handing the event over until the answer was posted. */
    Duration took();

    /** The handler returned. */
    record Response(String requestId, String body, Duration took) implements Answer {}

    /** The handler threw; the body has {@code errorType}, {@code errorMessage} and {@code stackTrace}. */
    record Failure(String requestId, String body, Duration took) implements Answer {}
}
