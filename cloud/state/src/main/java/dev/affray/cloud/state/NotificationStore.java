package dev.affray.cloud.state;

import dev.affray.cloud.state.Notification.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who announces what: claim with a lease, publish, record. Only a death between publishing and recording can repeat a message, after the lease, and
 * then {@link Notification#attempts} tells. A message may also be made to wait; whoever looks for what is due finds it until it is recorded. Thread-safe.
 */
public interface NotificationStore {
    /** What became of a claim. */
    sealed interface Claim {
        /** Yours until the lease ends: publish it, then record it. {@code attempt} counts from 1. */
        record Granted(int attempt) implements Claim {}

        /** Somebody else holds it. */
        record Held(Instant until) implements Claim {}

        /** It is not due yet; whoever looks for what is due will find it. */
        record Waiting(Instant due) implements Claim {}

        /** It ended already. */
        record Settled() implements Claim {}
    }

    /**
     * Asks for the right to announce. A lease that would end later than two from now is over: it was granted before the clock was set back.
     */
    Claim claim(Notification.Key key, Instant now, Duration lease);

    /** Notes how it ended, claimed or not. Idempotent: the first record stays. */
    void record(Notification.Key key, Outcome outcome, Instant at, String receipt);

    /**
     * Notes the incident of which a message is an update. Idempotent.
     *
     * @param lead the incident's id
     */
    void follow(Notification.Key key, String lead);

    /** Gives a claim that this store granted back, after the publisher refused the message: the attempt does not count, and the next need not wait for the lease. */
    void release(Notification.Key key, int attempt);

    /** Makes a message wait that is neither claimed, waiting nor ended; else nothing changes. */
    void schedule(Notification.Key key, Instant due);

    /** All messages about an incident. */
    List<Notification> of(String incident);

    /**
     * The messages of a channel that waited, are due and have not ended, claimed ones included; the longest due first. May miss one that was made to wait a
     * moment ago.
     */
    List<Notification> due(String channel, Instant now, int limit);
}
