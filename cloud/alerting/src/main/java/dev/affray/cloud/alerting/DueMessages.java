package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Casebook;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.NotificationStore.Claim;
import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import dev.affray.incident.Judgement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waited and is due now: escalations, what was held back, and what no one took at first. By each channel one message goes, a digest where there is
 * more than one thing to tell; so it cannot become a flood again. Before an escalation goes it is seen whether there is still need. Thread-safe.
 */
final class DueMessages {
    /** What nobody took for so long is given up. */
    static final Duration PATIENCE = Duration.ofDays(1);

    /** More than this go with the next minute. */
    static final int AT_ONCE = 100;

    /** How many of a digest that is not wanted are tried by themselves in a minute. */
    static final int ONE_BY_ONE = 5;

    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");
    private static final Logger log = LoggerFactory.getLogger(DueMessages.class);

    private final NotificationStore notifications;
    private final Casebook casebook;
    private final List<Channel> channels;
    private final AlertSource source;
    private final Precautions precautions;
    private final Delivery delivery;
    private final Clock clock;
    private final AtomicLong digests = new AtomicLong();
    private final AtomicLong escalated = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();

    DueMessages(
            Stores stores,
            List<Channel> channels,
            AlertSource source,
            Precautions precautions,
            Delivery delivery,
            Clock clock) {
        this.notifications = stores.notifications();
        this.casebook = new Casebook(stores.incidents(), clock);
        this.channels = List.copyOf(channels);
        this.source = source;
        this.precautions = precautions;
        this.delivery = delivery;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param postponed channels that took nothing; the next minute comes
     * @param failed messages that failed otherwise, such as by a store out of reach
     */
    record Result(int postponed, int failed) {}

    long digests() {
        return digests.get();
    }

    long escalated() {
        return escalated.get();
    }

    long givenUp() {
        return givenUp.get();
    }

    private record Telling(Delivery.Claimed claimed, Alert alert) {}

    /** Announces what is due, of each channel by itself: one that takes nothing, and all that waits for it, keeps no other from its turn. */
    Result run(Instant now) {
        int postponed = 0;
        int failed = 0;
        for (Channel channel : channels) {
            List<Telling> all = new ArrayList<>();
            for (Notification one : notifications.due(channel.name(), now, AT_ONCE)) {
                try {
                    telling(one, now).ifPresent(all::add);
                } catch (RuntimeException e) {
                    failed++;
                    log.error("{} waits on", one.key(), e);
                }
            }
            postponed += tell(channel, all) ? 0 : 1;
        }
        return new Result(postponed, failed);
    }

    boolean isWaiting() {
        return channels.stream()
                .flatMap(channel -> notifications.due(channel.name(), FAR, Integer.MAX_VALUE).stream())
                .anyMatch(waiting -> waiting.step() != Step.ESCALATED);
    }

    /** Claims a message and finds out what it says; empty where there is no need, or another worker is at it. */
    private Optional<Telling> telling(Notification due, Instant now) {
        Casebook.Case found = casebook.find(due.incident()).orElse(null);
        Instant since = due.due() == null ? now : due.due();
        boolean old = since.plus(PATIENCE).isBefore(now);
        if (old) {
            giveUp(due, found == null ? "there is no such incident" : "nobody took it for a day");
            return Optional.empty();
        }
        if (found == null) {
            throw new IllegalStateException("no incident " + due.incident() + " yet");
        }
        Incident incident = found.whole();
        Optional<Outcome> needless = needless(due, found);
        if (needless.isPresent()) {
            notifications.record(due.key(), needless.get(), clock.instant(), "when it was due");
            return Optional.empty();
        }
        return switch (notifications.claim(due.key(), clock.instant(), Delivery.LEASE)) {
            case Claim.Granted(int attempt) ->
                Optional.of(new Telling(
                        new Delivery.Claimed(due.key(), attempt),
                        source.due(due.step(), incident, since, clock.instant())));
            case Claim.Held _, Claim.Waiting _, Claim.Settled _ -> Optional.empty();
        };
    }

    private Optional<Outcome> needless(Notification due, Casebook.Case found) {
        Incident incident = found.whole();
        boolean inHand = incident.acknowledgedAt() != null || incident.judgement() == Judgement.FALSE_ALARM;
        if (due.step() == Step.ESCALATED && (inHand || isMuted(found.mute()))) {
            return Optional.of(Outcome.NOT_NEEDED);
        }
        boolean toldAsWhole = !incident.id().equals(due.incident())
                && notifications.of(incident.id()).stream()
                        .anyMatch(n -> n.step() == due.step() && n.channel().equals(due.channel()) && n.isTold());
        return toldAsWhole ? Optional.of(Outcome.AS_ANOTHER) : Optional.empty();
    }

    private boolean isMuted(@Nullable Mute mute) {
        return mute != null && mute.holds(clock.instant());
    }

    /** Returns false when the channel took nothing. */
    private boolean tell(Channel channel, List<Telling> all) {
        if (all.isEmpty()) {
            return true;
        }
        try {
            delivery.leaveAloneAfterRefusal(channel);
        } catch (Alerting.Postponed e) {
            all.forEach(t -> notifications.release(t.claimed.key(), t.claimed.attempt()));
            return false;
        }
        return all.size() == 1 ? tellOne(channel, all.getFirst()) : tellAll(channel, all);
    }

    private boolean tellOne(Channel channel, Telling one) {
        return publish(channel, one.alert, List.of(one), Outcome.SENT) == null;
    }

    private boolean tellAll(Channel channel, List<Telling> all) {
        List<Telling> inOrder = all.stream()
                .sorted(Comparator.comparing((Telling t) -> t.alert.at()).thenComparing(t -> t.alert.id()))
                .toList();
        Digest digest = new Digest(inOrder.stream().map(Telling::alert).toList());
        Publisher.PublishException refused = publish(channel, digest, inOrder, Outcome.DIGESTED);
        if (refused == null) {
            digests.incrementAndGet();
            return true;
        }
        log.warn("a digest of {} is refused by {}: {}", all.size(), channel.name(), refused.getMessage());
        return refused.reason() == Publisher.Reason.UNFIT && tellEach(channel, inOrder);
    }

    /** One that no channel wants would keep all others of a digest back for ever. Returns false when any is left. */
    private boolean tellEach(Channel channel, List<Telling> all) {
        List<Telling> some = new ArrayList<>(all);
        // By chance, so that some unwanted ones do not stand before the others for a day.
        Collections.shuffle(some);
        boolean done = all.size() <= ONE_BY_ONE;
        for (Telling one : some.subList(0, Math.min(all.size(), ONE_BY_ONE))) {
            Claim claim = notifications.claim(one.claimed.key(), clock.instant(), Delivery.LEASE);
            done &= claim instanceof Claim.Granted(int attempt)
                    && tellOne(channel, new Telling(new Delivery.Claimed(one.claimed.key(), attempt), one.alert));
        }
        return done;
    }

    private Publisher.@Nullable PublishException publish(
            Channel channel, Message message, List<Telling> all, Outcome outcome) {
        all.forEach(t -> precautions.before(t.claimed.key(), t.alert.incident(), false, clock.instant()));
        try {
            delivery.publish(
                    channel, message, all.stream().map(Telling::claimed).toList(), outcome);
            escalated.addAndGet(all.stream()
                    .filter(t -> t.claimed.key().step() == Step.ESCALATED)
                    .count());
            return null;
        } catch (Publisher.PublishException e) {
            return e;
        }
    }

    private void giveUp(Notification due, String why) {
        notifications.record(due.key(), Outcome.GIVEN_UP, clock.instant(), why);
        givenUp.incrementAndGet();
        log.error("{} is given up: {}", due.key(), why);
    }
}
