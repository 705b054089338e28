package dev.affray.cloud.alerting;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import dev.affray.incident.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who is to be told what, by now:
 *
 * <pre>
 * OPENED         always: a fight to ALERTS, a condition to OPERATIONS
 * RAISED         a live fight that became severe, to who was told that it opened
 * CLOSED         a condition that is over; a live fight that is, where the camera asks for it; to who was told that it opened
 * ACKNOWLEDGED   to all who were told of the incident, the escalation included
 * FALSE_ALARM    the same, and in place of ACKNOWLEDGED where both became true at once
 * MUTED UNMUTED  to all who may get alerts
 * </pre>
 *
 * {@code ESCALATED} waits from the moment when {@code OPENED} goes out ({@link DueMessages}). What ended or waits is not due.
 */
final class Steps {
    private final List<Channel> channels;
    private final Function<CameraId, AlertRule> rules;

    /** A message that should be on its way. */
    record Due(Step step, Channel channel) {}

    Steps(List<Channel> channels, Function<CameraId, AlertRule> rules) {
        this.channels = List.copyOf(channels);
        this.rules = rules;
    }

    static boolean isLiveFight(Incident incident) {
        return incident.kind() == IncidentKind.FIGHT && incident.line() == Line.LIVE;
    }

    /** The channels that reach a group. */
    List<Channel> reaching(Group group) {
        return channels.stream().filter(c -> c.groups().contains(group)).toList();
    }

    /**
     * What is due of an incident, in the order of the steps.
     *
     * @param soFar its messages
     */
    List<Due> due(Incident incident, List<Notification> soFar) {
        List<Due> due = new ArrayList<>();
        boolean condition = incident.kind().isCondition();
        reaching(condition ? Group.OPERATIONS : Group.ALERTS).forEach(c -> add(due, Step.OPENED, c, soFar));
        List<Channel> told = channels.stream().filter(c -> isTold(c, soFar)).toList();
        if (isLiveFight(incident) && incident.severity() == Severity.HIGH) {
            told.stream().filter(c -> opened(c, soFar)).forEach(c -> add(due, Step.RAISED, c, soFar));
        }
        if (incident.judgement() == Judgement.FALSE_ALARM) {
            told.forEach(c -> add(due, Step.FALSE_ALARM, c, soFar));
        } else if (incident.acknowledgedAt() != null) {
            told.forEach(c -> add(due, Step.ACKNOWLEDGED, c, soFar));
        }
        if (isOver(incident, soFar)) {
            // Of a condition the end is due with its beginning, and follows it.
            (condition
                            ? reaching(Group.OPERATIONS)
                            : told.stream().filter(c -> opened(c, soFar)).toList())
                    .forEach(c -> add(due, Step.CLOSED, c, soFar));
        }
        return due;
    }

    /** What is due of a mute. */
    List<Due> dueOfMute(Step step, List<Notification> soFar) {
        List<Due> due = new ArrayList<>();
        Stream.concat(reaching(Group.ALERTS).stream(), reaching(Group.ESCALATION).stream())
                .distinct()
                .forEach(c -> add(due, step, c, soFar));
        return due;
    }

    private boolean isOver(Incident incident, List<Notification> soFar) {
        if (incident.kind().isCondition()) {
            return !incident.isLasting();
        }
        return isLiveFight(incident)
                && incident.closed() != null
                && soFar.stream().anyMatch(Notification::isTold)
                && rules.apply(incident.camera()).announceClose();
    }

    private static void add(List<Due> due, Step step, Channel channel, List<Notification> soFar) {
        boolean done = soFar.stream()
                .anyMatch(n ->
                        n.step() == step && n.channel().equals(channel.name()) && (n.isSettled() || n.due() != null));
        if (!done) {
            due.add(new Due(step, channel));
        }
    }

    /** Whether a channel told that it opened, itself or as another. */
    private static boolean opened(Channel channel, List<Notification> soFar) {
        return soFar.stream()
                .anyMatch(n -> n.step() == Step.OPENED
                        && n.channel().equals(channel.name())
                        && (n.isTold() || n.outcome() == Outcome.AS_ANOTHER));
    }

    private static boolean isTold(Channel channel, List<Notification> soFar) {
        return opened(channel, soFar)
                || soFar.stream()
                        .anyMatch(n -> Set.of(Step.RAISED, Step.ESCALATED).contains(n.step())
                                && n.channel().equals(channel.name())
                                && n.isTold());
    }
}
