package dev.affray.cloud.alerting;

import dev.affray.cloud.alerting.Pace.Room;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.NotificationStore.Claim;
import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Handles stored heads: writes the history rows of what changed, and announces each step of each incident once by each channel. A head may be handled twice or by
 * two workers at once: the claim decides who publishes. {@link DueMessages} takes care of what waits. Thread-safe.
 */
public final class Alerting {
    private final IncidentStore incidents;
    private final NotificationStore notifications;
    private final Clock clock;
    private final Steps steps;
    private final AlertSource source;
    private final Pace pace;
    private final Neighbours neighbours;
    private final Precautions precautions;
    private final Delivery delivery;
    private final DueMessages dueMessages;
    private final AtomicLong withheld = new AtomicLong();
    private final AtomicLong muted = new AtomicLong();
    private final AtomicLong heldBack = new AtomicLong();
    private final AtomicLong updates = new AtomicLong();

    /**
     * @param channels by which people are told, each with a name of its own
     * @param links the page of an incident by a link made now, where there is a page
     */
    public Alerting(
            Stores stores,
            List<Channel> channels,
            Policy policy,
            BiFunction<Incident, Instant, Optional<URI>> links,
            Clock clock) {
        this.incidents = stores.incidents();
        this.notifications = stores.notifications();
        this.clock = clock;
        this.source = new AlertSource(stores.cameras(), links);
        this.steps = new Steps(channels, source::rule);
        this.pace = new Pace(stores.counters(), policy);
        this.neighbours = new Neighbours(stores);
        this.delivery = new Delivery(notifications, clock);
        this.precautions = new Precautions(notifications, steps, policy);
        this.dueMessages = new DueMessages(stores, channels, source, precautions, delivery, clock);
        if (channels.stream().map(Channel::name).distinct().count() < channels.size()) {
            throw new IllegalArgumentException("two channels of the same name: " + channels);
        }
    }

    /** Something could not be announced now: the head must be handled again, at the earliest after {@code after}. */
    public static final class Postponed extends Exception {
        private static final long serialVersionUID = 1;
        private final Duration after;

        Postponed(String message, Duration after, @Nullable Throwable cause) {
            super(message, cause);
            this.after = after;
        }

        /** How long to wait at least. */
        public Duration after() {
            return after;
        }
    }

    /**
     * What came of the heads so far. Messages are counted by each channel.
     *
     * @param published messages handed over, with a receipt; a digest is one
     * @param possiblyRepeated messages that may have gone out twice: an earlier worker had claimed them and died, or the publisher did not answer
     * @param withheld times an incident was not announced because it had turned out to be part of another, or to contain one that was announced
     * @param muted messages that did not go because their camera was muted until the incident was over
     * @param heldBack messages that waited for a digest because too many went out
     * @param digests digests among those published
     * @param updates messages that went as an update of a fight on a neighbouring camera
     * @param escalated escalations among those published
     * @param givenUp messages that nobody took for a day
     */
    public record Counts(
            long published,
            long possiblyRepeated,
            long withheld,
            long muted,
            long heldBack,
            long digests,
            long updates,
            long escalated,
            long givenUp) {
        /** Of a start. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The counts so far. */
    public Counts counts() {
        return new Counts(
                delivery.published(),
                delivery.possiblyRepeated(),
                withheld.get(),
                muted.get(),
                heldBack.get(),
                dueMessages.digests(),
                updates.get(),
                dueMessages.escalated(),
                dueMessages.givenUp());
    }

    /** Handles one stored head: what its last change changed. */
    public void handle(Head head) throws Postponed {
        head.changed().forEach(incidents::project);
        // When a mute is over, what still goes on is announced.
        boolean muteIsOver = head.mute() != null && head.mute().ended() != null;
        announceAll(
                head,
                head.incidents().stream()
                        .filter(i -> i.revision() == head.version() || (muteIsOver && i.isOpen()))
                        .toList(),
                false);
    }

    /**
     * Makes up for changes that were never handled: writes the history rows that are not as the head has them, and announces every open incident. What cannot
     * go now is made to wait, so that the incident may be closed without losing it. Costs one range read of the history, and one read for each open
     * incident, when nothing is missing.
     *
     * @param head as it is stored now
     * @throws Postponed when another worker is at it
     */
    void catchUp(Head head) throws Postponed {
        projectMissing(head);
        announceAll(head, head.incidents().stream().filter(Incident::isOpen).toList(), true);
    }

    /** Announces what waits and is due. */
    DueMessages.Result announceDue() {
        return dueMessages.run(clock.instant());
    }

    /** Whether a message waits to go out; an escalation does not count, which waits for people. */
    public boolean isWaiting() {
        return dueMessages.isWaiting();
    }

    private void projectMissing(Head head) {
        if (head.incidents().isEmpty()) {
            return;
        }
        Instant from = head.incidents().getFirst().opened();
        Instant to = head.incidents().stream()
                .map(Incident::lastPositive)
                .max(Instant::compareTo)
                .orElse(from);
        Set<Incident> rows = new HashSet<>(incidents.history(head.camera(), head.kind(), head.line(), from, to));
        head.incidents().stream().filter(incident -> !rows.contains(incident)).forEach(incidents::project);
    }

    /** Announces those that are not merged away. One that must wait does not hold up the others. */
    private void announceAll(Head head, List<Incident> changed, boolean mayWait) throws Postponed {
        Attempts attempts = new Attempts();
        for (Incident incident : changed) {
            attempts.of(() -> announce(incident, mayWait));
        }
        Mute mute = head.mute();
        if (mute != null) {
            attempts.of(() -> announce(head, mute));
        }
        attempts.end();
    }

    private void announce(Incident incident, boolean mayWait) throws Postponed {
        List<Notification> soFar = notifications.of(incident.id());
        if (incident.mergedInto() != null || steps.due(incident, soFar).isEmpty()) {
            return;
        }
        Head now = incidents.head(incident.camera(), incident.kind(), incident.line());
        Incident current = now.incidents().stream()
                .filter(i -> i.id().equals(incident.id()))
                .findFirst()
                // A head that waited for long may speak of what the stored one has handed to the history.
                .or(() -> incidents.find(incident.id()))
                .orElse(incident);
        if (current.mergedInto() != null) {
            withheld.incrementAndGet();
            return;
        }
        List<Notification> ofParts = ofParts(now, current);
        Attempts attempts = new Attempts();
        List<Steps.Due> due = steps.due(current, soFar);
        while (!due.isEmpty()) {
            Step step = due.getFirst().step();
            attempts.each(
                    due.stream().filter(d -> d.step() == step).toList(),
                    d -> announce(now, current, d, ofParts, mayWait));
            // Who was told now is to be told of later steps.
            due = steps.due(current, notifications.of(current.id())).stream()
                    .filter(d -> d.step().compareTo(step) > 0)
                    .toList();
        }
        attempts.end();
    }

    private void announce(Head head, Incident incident, Steps.Due due, List<Notification> ofParts, boolean mayWait)
            throws Postponed {
        Notification.Key key =
                new Notification.Key(incident.id(), due.step(), due.channel().name());
        Optional<Notification> part = ofParts.stream()
                .filter(n -> n.step() == due.step() && n.channel().equals(key.channel()))
                .findFirst();
        if (part.isPresent()) {
            withheld.incrementAndGet();
            notifications.record(
                    key, Outcome.AS_ANOTHER, clock.instant(), part.get().incident());
        } else if (isMuted(head, incident, due.step())) {
            settleMuted(incident, key);
        } else {
            try {
                deliver(incident, due, key);
            } catch (Postponed e) {
                if (!mayWait || !wait(key)) {
                    throw e;
                }
            }
        }
    }

    /** Makes a message that nobody took wait for the tick; false when another worker is at it, or it ended. */
    private boolean wait(Notification.Key key) {
        notifications.schedule(key, clock.instant());
        return notifications.of(key.incident()).stream().anyMatch(n -> n.key().equals(key) && n.due() != null);
    }

    private void deliver(Incident incident, Steps.Due due, Notification.Key key) throws Postponed {
        Channel channel = due.channel();
        delivery.leaveAloneAfterRefusal(channel);
        Instant now = clock.instant();
        switch (pace.take(channel, incident, due.step(), now)) {
            case Room.NextSecond _ ->
                throw new Postponed("channel " + channel.name() + " is busy", Duration.ofSeconds(1), null);
            case Room.Digest(Instant later) -> {
                notifications.schedule(key, later);
                heldBack.incrementAndGet();
            }
            case Room.Free _ -> {
                boolean gone = false;
                try {
                    gone = claimAndPublish(incident, due, key);
                } finally {
                    if (!gone) {
                        pace.giveBack(channel, incident, due.step(), now);
                    }
                }
            }
        }
    }

    private boolean claimAndPublish(Incident incident, Steps.Due due, Notification.Key key) throws Postponed {
        return switch (notifications.claim(key, clock.instant(), Delivery.LEASE)) {
            case Claim.Settled _, Claim.Waiting _ -> false;
            case Claim.Held(Instant until) ->
                throw new Postponed(
                        key + " is being announced by another worker", Duration.between(clock.instant(), until), null);
            case Claim.Granted(int attempt) -> {
                publish(incident, due, new Delivery.Claimed(key, attempt));
                yield true;
            }
        };
    }

    private void publish(Incident incident, Steps.Due due, Delivery.Claimed claimed) throws Postponed {
        Optional<Alert.Lead> lead = due.step() == Step.OPENED ? neighbours.lead(incident) : Optional.empty();
        lead.ifPresent(l -> notifications.follow(claimed.key(), l.incident()));
        precautions.before(claimed.key(), incident, lead.isPresent(), clock.instant());
        Alert alert = source.alert(due.step(), incident, lead, clock.instant());
        try {
            delivery.publish(due.channel(), alert, List.of(claimed), Outcome.SENT);
        } catch (Publisher.PublishException e) {
            throw new Postponed(String.valueOf(e.getMessage()), Delivery.REST, e);
        }
        if (lead.isPresent()) {
            updates.incrementAndGet();
        }
    }

    private static boolean isMuted(Head head, Incident incident, Step step, Instant now) {
        Mute mute = head.mute();
        if (mute == null || !Steps.isLiveFight(incident) || (step != Step.OPENED && step != Step.RAISED)) {
            return false;
        }
        return mute.holds(now) || closedWithin(mute, incident);
    }

    private boolean isMuted(Head head, Incident incident, Step step) {
        return isMuted(head, incident, step, clock.instant());
    }

    private static boolean closedWithin(Mute mute, Incident incident) {
        Instant end = mute.ended() == null ? mute.until() : mute.ended();
        return incident.closed() != null
                && !incident.changedAt().isBefore(mute.since())
                && incident.changedAt().isBefore(end);
    }

    /** While it goes on, it may still be announced when the mute ends. */
    private void settleMuted(Incident incident, Notification.Key key) {
        if (incident.closed() != null) {
            notifications.record(key, Outcome.MUTED, clock.instant(), "muted until it was over");
            muted.incrementAndGet();
        }
    }

    /** Tells everybody who may get alerts. A mute that was taken back before it was told is told all the same, and then that it was. */
    private void announce(Head head, Mute mute) throws Postponed {
        Attempts attempts = new Attempts();
        for (Step step : mute.endedBy() == null ? List.of(Step.MUTED) : List.of(Step.MUTED, Step.UNMUTED)) {
            List<Steps.Due> due = steps.dueOfMute(step, notifications.of(mute.id()));
            if (!due.isEmpty()) {
                Incident incident = incidentOf(head, mute);
                attempts.each(due, d -> tell(incident, mute, d));
            }
        }
        attempts.end();
    }

    private void tell(Incident incident, Mute mute, Steps.Due due) throws Postponed {
        Notification.Key key =
                new Notification.Key(mute.id(), due.step(), due.channel().name());
        delivery.leaveAloneAfterRefusal(due.channel());
        switch (notifications.claim(key, clock.instant(), Delivery.LEASE)) {
            case Claim.Settled _, Claim.Waiting _ -> {}
            case Claim.Held(Instant until) ->
                throw new Postponed(
                        key + " is being announced by another worker", Duration.between(clock.instant(), until), null);
            case Claim.Granted(int attempt) -> {
                Alert alert = source.mute(due.step(), incident, mute, clock.instant());
                try {
                    delivery.publish(due.channel(), alert, List.of(new Delivery.Claimed(key, attempt)), Outcome.SENT);
                } catch (Publisher.PublishException e) {
                    throw new Postponed(String.valueOf(e.getMessage()), Delivery.REST, e);
                }
            }
        }
    }

    private Incident incidentOf(Head head, Mute mute) {
        return head.incidents().stream()
                .filter(i -> i.id().equals(mute.incident()))
                .findFirst()
                .or(() -> incidents.find(mute.incident()))
                .orElseThrow(() -> new IllegalStateException(
                        "no incident " + mute.incident() + " of a mute of " + head.camera() + "; it comes again"));
    }

    /** The told messages of incidents that turned out to be part of this one, directly or through others. */
    private List<Notification> ofParts(Head head, Incident whole) {
        List<Notification> told = new ArrayList<>();
        Parts.of(head, whole)
                .forEach(part -> notifications.of(part.id()).stream()
                        .filter(Notification::isTold)
                        .forEach(told::add));
        return told;
    }
}
