package dev.affray.cloud.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who announces what: claim with a lease, publish, record. Only a death between publishing and recording can repeat a message, after the lease, and
 * then {@link Notification#attempts} tells. Thread-safe.
 */
public interface NotificationStore {
    /** What became of a claim. */
    sealed interface Claim {
        /** Yours until the lease ends: publish it, then record it. {@code attempt} counts from 1. */
        record Granted(int attempt) implements Claim {}

        /** Somebody else holds it. */
        record Held(Instant until) implements Claim {}

        /** It is out already. */
        record Sent() implements Claim {}
    }

    /** Asks for the right to announce a step. */
    Claim claim(String incident, Step step, Instant now, Duration lease);

    /** Notes that the step was announced. Idempotent: the first record stays. */
    void record(String incident, Step step, Instant sentAt, String receipt);

    /** Gives a claim that this store granted back, after the publisher refused the message: the attempt does not count, and the next need not wait for the lease. */
    void release(String incident, Step step, int attempt);

    /** An incident's notifications. */
    List<Notification> of(String incident);
}
