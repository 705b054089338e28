package dev.affray.cloud.alerting;

import dev.affray.camera.Site;
import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.NotificationStore.Claim;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.incident.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles stored heads: writes the history rows of what changed, and announces each incident once; a condition once as it begins and once as it ends. A head may be handled twice or by two workers at
 * once: the claim decides who publishes. After a refusal the publisher is left alone for a moment, so that the history of other incidents does not
 * wait behind one time-out after the other. Thread-safe.
 */
public final class Alerting {
    /** Longer than a publisher should take. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** An alert that goes out this long after its incident last changed says so. */
    static final Duration LATE = Duration.ofMinutes(5);

    /** How long the publisher is left alone after it refused. */
    static final Duration REST = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Alerting.class);

    private final IncidentStore incidents;
    private final NotificationStore notifications;
    private final CameraStore cameras;
    private final Publisher publisher;
    private final Clock clock;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong possiblyRepeated = new AtomicLong();
    private final AtomicLong withheld = new AtomicLong();
    private volatile @Nullable Refusal refusal;

    private record Refusal(String reason, Instant at) {}

    public Alerting(
            IncidentStore incidents,
            NotificationStore notifications,
            CameraStore cameras,
            Publisher publisher,
            Clock clock) {
        this.incidents = incidents;
        this.notifications = notifications;
        this.cameras = cameras;
        this.publisher = publisher;
        this.clock = clock;
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
     * What came of the heads so far.
     *
     * @param published messages handed over, with a receipt
     * @param possiblyRepeated messages that may have gone out twice: an earlier worker had claimed them and died, or the publisher did not answer
     * @param withheld times an incident was not announced because it had turned out to be part of another, or to contain one that was announced
     */
    public record Counts(long published, long possiblyRepeated, long withheld) {}

    /** The counts so far. */
    public Counts counts() {
        return new Counts(published.get(), possiblyRepeated.get(), withheld.get());
    }

    /** Handles one stored head: what its last change changed. */
    public void handle(Head head) throws Postponed {
        head.changed().forEach(incidents::project);
        announceAll(head.changed());
    }

    /**
     * Makes up for changes that were never handled: writes the history rows that are not as the head has them, and announces every open incident. Costs one
     * range read of the history, and one read for each open incident, when nothing is missing.
     *
     * @param head as it is stored now
     */
    public void catchUp(Head head) throws Postponed {
        projectMissing(head);
        announceAll(head.incidents().stream().filter(Incident::isOpen).toList());
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
    private void announceAll(List<Incident> changed) throws Postponed {
        Postponed first = null;
        for (Incident incident : changed) {
            try {
                for (Step step : due(incident)) {
                    announce(incident, step);
                }
            } catch (Postponed e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Of a condition people are told both ends, in this order. */
    private static List<Step> due(Incident incident) {
        if (incident.mergedInto() != null) {
            return List.of();
        }
        boolean over = incident.kind().isCondition() && !incident.isLasting();
        return over ? List.of(Step.OPENED, Step.CLOSED) : List.of(Step.OPENED);
    }

    private void announce(Incident incident, Step step) throws Postponed {
        if (isSent(incident.id(), step)) {
            return;
        }
        Head now = incidents.head(incident.camera(), incident.kind(), incident.line());
        Incident current = now.incidents().stream()
                .filter(i -> i.id().equals(incident.id()))
                .findFirst()
                // A head that waited for long may speak of what the stored one has handed to the history.
                .or(() -> incidents.find(incident.id()))
                .orElse(incident);
        Optional<Notification> part = sentForPart(now, current, step);
        if (current.mergedInto() != null || part.isPresent()) {
            withheld.incrementAndGet();
            part.ifPresent(p -> notifications.record(incident.id(), step, clock.instant(), "sent as " + p.incident()));
            return;
        }
        leaveAloneAfterRefusal();
        switch (notifications.claim(current.id(), step, clock.instant(), LEASE)) {
            case Claim.Sent _ -> {}
            case Claim.Held(Instant until) ->
                throw new Postponed(
                        "incident " + current.id() + " is being announced by another worker",
                        Duration.between(clock.instant(), until),
                        null);
            case Claim.Granted(int attempt) -> publish(current, step, attempt);
        }
    }

    private void leaveAloneAfterRefusal() throws Postponed {
        Refusal last = refusal;
        Duration since = last == null ? REST : Duration.between(last.at, clock.instant());
        // A negative time means that the clock was set back.
        if (last != null && !since.isNegative() && since.compareTo(REST) < 0) {
            throw new Postponed(last.reason, REST.minus(since), null);
        }
    }

    private void publish(Incident incident, Step step, int attempt) throws Postponed {
        String receipt;
        try {
            receipt = publisher.publish(alert(incident, step));
        } catch (Publisher.PublishException e) {
            notifications.release(incident.id(), step, attempt);
            noteFailure(e);
            throw new Postponed(String.valueOf(e.getMessage()), REST, e);
        }
        refusal = null;
        notifications.record(incident.id(), step, clock.instant(), receipt);
        published.incrementAndGet();
        if (attempt > 1) {
            possiblyRepeated.incrementAndGet();
        }
        log.debug("incident {} {} announced: {}", incident.id(), step, receipt);
    }

    private void noteFailure(Publisher.PublishException e) {
        switch (e.reason()) {
            case UNAVAILABLE -> rest(e);
            case UNANSWERED -> {
                possiblyRepeated.incrementAndGet();
                rest(e);
            }
            case UNFIT -> log.debug("the publisher works, and does not take this alert");
        }
    }

    private void rest(Publisher.PublishException e) {
        refusal = new Refusal(String.valueOf(e.getMessage()), clock.instant());
    }

    private boolean isSent(String incident, Step step) {
        return notifications.of(incident).stream().anyMatch(n -> n.step() == step && n.sentAt() != null);
    }

    /** The notification of an incident that was announced before it turned out to be part of this one, directly or through others. */
    private Optional<Notification> sentForPart(Head head, Incident whole, Step step) {
        Map<String, Incident> byId = head.incidents().stream().collect(Collectors.toMap(Incident::id, i -> i));
        return head.incidents().stream()
                .filter(i -> isPart(i, whole, byId))
                .flatMap(i -> notifications.of(i.id()).stream())
                .filter(n -> n.step() == step && n.sentAt() != null)
                .findFirst();
    }

    private static boolean isPart(@Nullable Incident part, Incident whole, Map<String, Incident> byId) {
        String into = part == null ? null : part.mergedInto();
        return into != null && (into.equals(whole.id()) || isPart(byId.get(into), whole, byId));
    }

    private Alert alert(Incident incident, Step step) {
        CameraId id = incident.camera();
        boolean late = incident.changedAt().plus(LATE).isBefore(clock.instant());
        Site unknown = new Site(id.thing(), ZoneOffset.UTC);
        if (id.isGateway()) {
            Site site = cameras.site(id.thing()).orElse(unknown);
            boolean awaited = cameras.cameras().stream()
                    .anyMatch(c -> c.listed() && c.id().thing().equals(id.thing()));
            return new Alert(
                    step,
                    incident,
                    id.thing(),
                    site,
                    late,
                    awaited,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        Optional<CameraRecord> camera = cameras.camera(id);
        boolean listed = camera.filter(CameraRecord::listed).isPresent();
        return camera.flatMap(c -> Optional.ofNullable(c.config()))
                .map(config -> new Alert(
                        step,
                        incident,
                        config.name(),
                        config.site(),
                        late,
                        listed,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .orElseGet(() -> new Alert(
                        step,
                        incident,
                        id.camera(),
                        unknown,
                        late,
                        listed,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
