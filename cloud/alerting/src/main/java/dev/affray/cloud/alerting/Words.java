package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import java.time.Duration;
import java.util.Locale;

/** What every message says, however long it may be. */
final class Words {
    private static final int HOURS_A_DAY = 24;
    private static final int MINUTES_AN_HOUR = 60;

    private Words() {}

    /** What happened, in ASCII and never longer than 40 characters. */
    static String what(Alert alert) {
        Incident incident = alert.incident();
        if (incident.line() == Line.BACKLOG) {
            return "Delayed: possible fight";
        }
        String what = switch (incident.kind()) {
            case FIGHT -> "possible fight";
            case CAMERA_OFFLINE ->
                incident.camera().isGateway()
                        ? ends(alert, "gateway offline", "gateway is back")
                        : ends(alert, "camera offline", "camera is back");
            case PIPELINE_BLIND -> ends(alert, "frames are not judged", "frames are judged again");
            case BUDGET -> ends(alert, "spending limit", "spending limit is lifted");
        };
        return alert.late() ? "Sent late: " + what : what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    }

    private static String ends(Alert alert, String begun, String over) {
        if (alert.step() == Step.OPENED) {
            return begun;
        }
        return alert.awaited() ? over : "not watched any more";
    }

    /** What to make of it: the last line. */
    static String last(Alert alert) {
        boolean over = alert.step() == Step.CLOSED;
        return switch (alert.incident().kind()) {
            case FIGHT -> "A program judged this. Look before you act.";
            case CAMERA_OFFLINE ->
                over
                        ? (alert.awaited() ? "It is watched again." : "It was taken off the list of cameras.")
                        : "No fight is seen there until it is back. You are told when it is.";
            case PIPELINE_BLIND ->
                over
                        ? "Fights are seen again."
                        : "No fight is seen there until that is mended. You are told when it is.";
            case BUDGET -> over ? "Everything is judged again." : "Not everything is judged. You are told when it is.";
        };
    }

    /** As people say it: one unit, or two from hours on, rounded down. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHours() % HOURS_A_DAY + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutes() % MINUTES_AN_HOUR + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
