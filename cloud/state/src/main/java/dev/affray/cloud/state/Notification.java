package dev.affray.cloud.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one message about one step of one incident.
 *
 * @param incident the incident's id
 * @param step what is announced
 * @param attempts how often somebody claimed it; above 1 it may have gone out more than once
 * @param sentAt when it was handed over, by the cloud's clock; absent until then
 * @param receipt what the publisher returned for it, such as a message id; absent until sent
 */
public record Notification(
        String incident,
        Step step,
        int attempts,
        @Nullable Instant sentAt,
        @Nullable String receipt) {}
