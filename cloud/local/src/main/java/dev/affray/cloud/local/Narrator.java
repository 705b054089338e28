package dev.affray.cloud.local;

import dev.affray.cloud.state.CameraRecord;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.incident.Incident;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the terminal what happened, a line each: cameras that change state, incidents that open and close, mails that go out. Not thread-safe. */
final class Narrator {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int RECENT = 20;

    private final PrintStream out;
    private final CameraStore cameras;
    private final IncidentStore incidents;
    private final NotificationStore notifications;
    private final Clock clock;
    private final Instant since;
    private final Map<String, String> told = new HashMap<>();

    Narrator(
            PrintStream out,
            CameraStore cameras,
            IncidentStore incidents,
            NotificationStore notifications,
            Clock clock) {
        this.out = out;
        this.cameras = cameras;
        this.incidents = incidents;
        this.notifications = notifications;
        this.clock = clock;
        this.since = clock.instant();
        // What an earlier run told is no news.
        incidents.recent(RECENT).forEach(i -> {
            told.put("opened " + i.id(), "");
            sent(i).forEach(n -> told.put("sent " + n.step() + i.id(), ""));
        });
    }

    /** Says something, with the time before it. */
    void say(String text) {
        out.println(CLOCK.format(clock.instant().atZone(ZoneId.systemDefault())) + "  " + text);
        out.flush();
    }

    /** Looks for what is new and tells it. */
    void look() {
        cameras.cameras().stream().filter(CameraRecord::listed).forEach(this::camera);
        incidents.recent(RECENT).reversed().stream()
                .filter(i -> !i.changedAt().isBefore(since))
                .forEach(this::incident);
    }

    private void camera(CameraRecord camera) {
        CameraHealth health = camera.health();
        Instant at = camera.healthAt();
        if (health == null || at == null || at.isBefore(since)) {
            return;
        }
        String state = state(health);
        if (!Objects.equals(told.put("camera " + camera.id(), state), state)) {
            say(camera.id().camera() + ": " + state);
        }
    }

    private static String state(CameraHealth health) {
        String detail = health.detail();
        String why = detail == null ? "" : ": " + detail;
        return switch (health.state()) {
            case STREAMING -> "streaming" + (health.source() == null ? "" : " " + health.source());
            case STALLED -> "no picture comes" + why;
            case RECONNECTING -> detail == null ? "connecting" : "not connected" + why;
            case DISARMED -> "disarmed" + why;
            case MISCONFIGURED -> "cannot run" + why;
            case ENDED -> "played to its end";
        };
    }

    private void incident(Incident incident) {
        CameraId camera = incident.camera();
        String where = camera.isGateway() ? "gateway " + camera.thing() : camera.camera();
        String late = incident.line() == Line.BACKLOG ? "delayed " : "";
        if (incident.mergedInto() != null) {
            once(
                    "merged " + incident.id(),
                    where + ": incident " + incident.id() + " turned out to be part of " + incident.mergedInto());
            return;
        }
        once("opened " + incident.id(), where + ": " + late + what(incident) + ", incident " + incident.id());
        sent(incident)
                .forEach(n -> once(
                        "sent " + n.key(),
                        where + ": told by " + way(n.channel()) + " that it " + told(n.step()) + " (incident "
                                + incident.id() + ")"));
        @Nullable Instant closed = incident.closed();
        if (closed != null) {
            once("closed " + incident.id() + closed, where + ": incident " + incident.id() + " is over");
        }
    }

    /** Channels are called after their kind and a recipient. */
    private static String way(String channel) {
        return channel.startsWith("smtp") ? "mail" : channel.replaceFirst("-.*", "");
    }

    private static String told(Step step) {
        return switch (step) {
            case OPENED -> "began";
            case RAISED -> "became severe";
            case ESCALATED -> "is in nobody's hands";
            case ACKNOWLEDGED -> "is in somebody's hands";
            case FALSE_ALARM -> "was a false alarm";
            case CLOSED -> "is over";
            case MUTED, UNMUTED -> "is muted, or no longer";
        };
    }

    private static String what(Incident incident) {
        String found = incident.detail() == null ? "" : ": " + incident.detail();
        return switch (incident.kind()) {
            case FIGHT -> "POSSIBLE FIGHT, confidence " + Math.round(incident.peakConfidence());
            case CAMERA_OFFLINE -> "OFFLINE" + found;
            case PIPELINE_BLIND -> "FRAMES ARE NOT JUDGED" + found;
            case BUDGET -> "SPENDING LIMIT" + found;
        };
    }

    private List<Notification> sent(Incident incident) {
        return notifications.of(incident.id()).stream()
                .filter(Notification::isTold)
                .toList();
    }

    private void once(String key, String text) {
        if (told.put(key, text) == null) {
            say(text);
        }
    }
}
