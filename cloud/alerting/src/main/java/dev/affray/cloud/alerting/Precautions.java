package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.time.Instant;
import java.util.stream.Stream;

/** What must be stored before a message goes, so that no death in between loses it. All of it may be done twice. */
final class Precautions {
    private final NotificationStore notifications;
    private final Steps steps;
    private final Policy policy;

    Precautions(NotificationStore notifications, Steps steps, Policy policy) {
        this.notifications = notifications;
        this.steps = steps;
        this.policy = policy;
    }

    /**
     * Before a message.
     *
     * @param key the message
     * @param isUpdate whether it is an update of a fight on a neighbouring camera, which then is the one that may escalate
     */
    void before(Notification.Key key, Incident incident, boolean isUpdate, Instant now) {
        switch (key.step()) {
            case OPENED -> {
                tellSeverityOnce(key, incident, now);
                if (!isUpdate) {
                    beginEscalation(key.incident(), incident, now);
                }
            }
            case ACKNOWLEDGED, FALSE_ALARM -> stopEscalationOfLead(incident, now);
            case RAISED, ESCALATED, CLOSED, MUTED, UNMUTED -> {}
        }
    }

    /** What tells of a severe fight for the first time says that it is severe. */
    private void tellSeverityOnce(Notification.Key key, Incident incident, Instant now) {
        if (incident.severity() == Severity.HIGH) {
            notifications.record(
                    new Notification.Key(key.incident(), Step.RAISED, key.channel()),
                    Outcome.NOT_NEEDED,
                    now,
                    "severe when it was told");
        }
    }

    private void beginEscalation(String id, Incident incident, Instant now) {
        if (Steps.isLiveFight(incident) && incident.acknowledgedAt() == null) {
            policy.escalateAfter()
                    .ifPresent(after -> steps.reaching(Group.ESCALATION)
                            .forEach(channel -> notifications.schedule(
                                    new Notification.Key(id, Step.ESCALATED, channel.name()), now.plus(after))));
        }
    }

    /** Who takes charge of an update takes charge of the fight that it belongs to. */
    private void stopEscalationOfLead(Incident incident, Instant now) {
        notifications.of(incident.id()).stream()
                .map(Notification::lead)
                .flatMap(Stream::ofNullable)
                .distinct()
                .forEach(lead -> steps.reaching(Group.ESCALATION)
                        .forEach(channel -> notifications.record(
                                new Notification.Key(lead, Step.ESCALATED, channel.name()),
                                Outcome.NOT_NEEDED,
                                now,
                                "acknowledged as " + incident.id())));
    }
}
