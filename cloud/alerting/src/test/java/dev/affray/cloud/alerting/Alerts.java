package dev.affray.cloud.alerting;

import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Alerts for tests, about one camera. */
public final class Alerts {
    static final Instant OPENED = Instant.parse("2026-07-01T20:14:05.250Z");

    private Alerts() {}

    /** A live alert of a camera and a site of these names. */
    public static Alert named(String camera, String site) {
        return alert(camera, site, Line.LIVE, "Europe/Berlin", false);
    }

    /** An alert about frames that came after an outage. */
    public static Alert delayed(String camera, String site) {
        return alert(camera, site, Line.BACKLOG, "Europe/Berlin", false);
    }

    static Alert alert(String name, String site, Line line, String zone, boolean late) {
        CameraId camera = new CameraId("gateway-1", "door");
        Frame frame = new Frame(camera, OPENED.minusSeconds(1), 7, OptionalInt.of(87));
        Incident incident = new Incident(
                "0123456789ab",
                1,
                camera,
                IncidentKind.FIGHT,
                line,
                OPENED,
                OPENED.plusSeconds(3),
                null,
                87.4,
                Severity.NORMAL,
                List.of(new BestFrame(new FrameKey(line, frame).format(), 87.4)),
                OPENED,
                null,
                null,
                null,
                null);
        return new Alert(
                Step.OPENED,
                incident,
                name,
                new Site(site, ZoneId.of(zone)),
                late,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A camera or gateway that is gone, for 14 minutes and 5 seconds when it is back. */
    public static Alert gone(Step step, String camera, String name, boolean awaited) {
        return condition(IncidentKind.CAMERA_OFFLINE, step, camera, name, awaited);
    }

    static Alert condition(IncidentKind kind, Step step, String camera, String name, boolean awaited) {
        Instant over = OPENED.plusSeconds(14 * 60 + 5);
        Incident incident = new Incident(
                "0123456789ab",
                1,
                CameraId.parse(camera),
                kind,
                Line.LIVE,
                OPENED,
                step == Step.OPENED ? OPENED : over,
                null,
                0,
                Severity.NORMAL,
                List.of(),
                OPENED.plusSeconds(120),
                null,
                null,
                null,
                null,
                "not connected: no route to host");
        return new Alert(
                step,
                incident,
                name,
                new Site("Lincoln School", ZoneId.of("Europe/Berlin")),
                false,
                awaited,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
