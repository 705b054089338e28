package dev.affray.cloud.local.queue;

import java.util.List;
import java.util.Set;

/** Does the work of a Lambda function on its batches. Called from several threads. */
@FunctionalInterface
public interface BatchHandler {
    /**
     * Handles up to ten messages. It should be done within {@link LocalSqs#VISIBILITY}, or they are delivered again meanwhile.
     *
     * @return the ids of the messages that failed and must come again; empty when all is well. An id that is not in the batch fails the whole batch
     * @throws Exception when the whole batch failed
     */
    Set<String> handle(List<QueueMessage> batch) throws Exception;
}
