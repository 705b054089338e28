package dev.affray.cloud.alerting;

import dev.affray.cloud.alerting.Alerting.Postponed;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.NotificationStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a claimed message over: publish, record. After a refusal the channel is left alone for a moment, so that what it does not concern does not wait
 * behind one time-out after the other. Thread-safe.
 */
final class Delivery {
    /** Longer than a publisher should take. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** How long a channel is left alone after it refused. */
    static final Duration REST = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final NotificationStore notifications;
    private final Clock clock;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong possiblyRepeated = new AtomicLong();

    private record Refusal(String reason, Instant at) {}

    /** A message, or one of those that are told in one, whose claim was granted. */
    record Claimed(Notification.Key key, int attempt) {}

    Delivery(NotificationStore notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    long published() {
        return published.get();
    }

    long possiblyRepeated() {
        return possiblyRepeated.get();
    }

    /** Refuses at once while the channel is left alone. */
    void leaveAloneAfterRefusal(Channel channel) throws Postponed {
        Refusal last = refusals.get(channel.name());
        Duration since = last == null ? REST : Duration.between(last.at, clock.instant());
        // A negative time means that the clock was set back.
        if (last != null && !since.isNegative() && since.compareTo(REST) < 0) {
            throw new Postponed(last.reason, REST.minus(since), null);
        }
    }

    /**
     * Publishes one message that settles some claims, and records them. Refused, it gives them back.
     *
     * @param outcome what becomes of the claims
     */
    void publish(Channel channel, Message message, List<Claimed> claims, Outcome outcome)
            throws Publisher.PublishException {
        String receipt;
        try {
            receipt = channel.publisher().publish(message);
        } catch (Publisher.PublishException e) {
            claims.forEach(claim -> notifications.release(claim.key, claim.attempt));
            noteFailure(channel, e);
            throw e;
        }
        refusals.remove(channel.name());
        claims.forEach(claim -> notifications.record(claim.key, outcome, clock.instant(), receipt));
        published.incrementAndGet();
        if (claims.stream().anyMatch(claim -> claim.attempt > 1)) {
            possiblyRepeated.incrementAndGet();
        }
        log.debug("{} by {}: {}", message.id(), channel.name(), receipt);
    }

    private void noteFailure(Channel channel, Publisher.PublishException e) {
        switch (e.reason()) {
            case UNAVAILABLE -> rest(channel, e);
            case UNANSWERED -> {
                possiblyRepeated.incrementAndGet();
                rest(channel, e);
            }
            case UNFIT -> log.debug("{} works, and does not take this message", channel.name());
        }
    }

    private void rest(Channel channel, Publisher.PublishException e) {
        refusals.put(channel.name(), new Refusal(String.valueOf(e.getMessage()), clock.instant()));
    }
}
