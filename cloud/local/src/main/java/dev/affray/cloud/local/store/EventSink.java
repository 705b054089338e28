package dev.affray.cloud.local.store;

import dev.affray.frame.Line;

/**
 * Where the bucket's event notifications go. Called on the thread that serves the request, before the client is answered; from several threads
 * at once.
 */
@FunctionalInterface
public interface EventSink {
    /**
     * An object was created under {@code live/} or {@code backlog/}. The same object can be announced more than once.
     *
     * @param line the line, by the first part of the key
     * @param event the notification as S3 publishes it, one record
     * @throws RuntimeException when the event was not handed on; the client then gets 503 and must repeat its request
     */
    void created(Line line, String event);
}
