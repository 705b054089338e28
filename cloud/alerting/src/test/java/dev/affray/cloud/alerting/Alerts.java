package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Step;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import dev.affray.incident.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Alerts for tests, about one camera. */
public final class Alerts {
    static final Instant OPENED = Instant.parse("2026-07-01T20:14:05.250Z");

    static final URI PAGE = URI.create("https://affray.example.org/i/0123456789abA1b2c3dQ29udGluZW50YWxEcmlmdHM_-");

    private Alerts() {}

    /** One of everything that can be told, in every language, with a page and without one. */
    public static List<Alert> all() {
        List<Alert> all = new ArrayList<>();
        for (Language language : Language.values()) {
            Site site = new Site("Lincoln School", ZoneId.of("Europe/Berlin"), language);
            for (Step step : Step.values()) {
                all.add(of(fight(step, Line.LIVE), step, site));
                all.add(of(condition(IncidentKind.CAMERA_OFFLINE, step, "gateway-1/_gateway"), step, site));
                for (IncidentKind kind : IncidentKind.values()) {
                    if (kind.isCondition()) {
                        all.add(of(condition(kind, step, "gateway-1/door"), step, site));
                    }
                }
            }
            Alert plain = of(fight(Step.OPENED, Line.LIVE), Step.OPENED, site);
            all.add(of(fight(Step.OPENED, Line.BACKLOG), Step.OPENED, site));
            all.add(with(plain, true, Optional.of(new Alert.Lead("fedcba987654", "Yard")), Optional.empty()));
        }
        List<Alert> paged = all.stream()
                .map(alert -> with(alert, alert.late(), alert.lead(), Optional.of(PAGE)))
                .toList();
        all.addAll(paged);
        return all;
    }

    /** A fight at a step, with five frames. */
    static Alert fight(Step step, Language language, @Nullable URI page) {
        Alert alert =
                of(fight(step, Line.LIVE), step, new Site("Lincoln School", ZoneId.of("Europe/Berlin"), language));
        return with(alert, false, Optional.empty(), Optional.ofNullable(page));
    }

    static Alert at(Site site, Alert alert) {
        return new Alert(
                alert.step(),
                alert.incident(),
                alert.cameraName(),
                site,
                alert.late(),
                alert.awaited(),
                alert.lead(),
                alert.mute(),
                alert.page());
    }

    /** The same under another camera's name. */
    static Alert named(String camera, Alert alert) {
        return new Alert(
                alert.step(),
                alert.incident(),
                camera,
                alert.site(),
                alert.late(),
                alert.awaited(),
                alert.lead(),
                alert.mute(),
                alert.page());
    }

    /** The same so much later. */
    static Alert later(Alert alert, Duration by) {
        Incident i = alert.incident();
        Incident moved = new Incident(
                i.id(),
                i.revision(),
                i.camera(),
                i.kind(),
                i.line(),
                i.opened().plus(by),
                i.lastPositive().plus(by),
                i.closed() == null ? null : i.closed().plus(by),
                i.peakConfidence(),
                i.severity(),
                i.bestFrames(),
                i.changedAt().plus(by),
                i.acknowledgedAt() == null ? null : i.acknowledgedAt().plus(by),
                i.acknowledgedBy(),
                i.judgement(),
                i.mergedInto(),
                i.detail());
        Optional<Mute> mute = alert.mute()
                .map(m -> new Mute(
                        m.id(),
                        m.incident(),
                        m.since().plus(by),
                        m.until().plus(by),
                        m.by(),
                        m.ended() == null ? null : m.ended().plus(by),
                        m.endedBy()));
        return new Alert(
                alert.step(),
                moved,
                alert.cameraName(),
                alert.site(),
                alert.late(),
                alert.awaited(),
                alert.lead(),
                mute,
                alert.page());
    }

    static Alert with(Alert alert, boolean late, Optional<Alert.Lead> lead, Optional<URI> page) {
        return new Alert(
                alert.step(),
                alert.incident(),
                alert.cameraName(),
                alert.site(),
                late,
                alert.awaited(),
                lead,
                alert.mute(),
                page);
    }

    private static Alert of(Incident incident, Step step, Site site) {
        boolean mutes = step == Step.MUTED || step == Step.UNMUTED;
        Mute mute = new Mute(
                "mute-1",
                incident.id(),
                OPENED.plusSeconds(90),
                OPENED.plusSeconds(90 + 1800),
                "link",
                step == Step.UNMUTED ? OPENED.plusSeconds(400) : null,
                step == Step.UNMUTED ? "ana@school.example" : null);
        return new Alert(
                step,
                incident,
                incident.camera().isGateway() ? "gateway-1" : "Front door",
                site,
                false,
                true,
                Optional.empty(),
                mutes ? Optional.of(mute) : Optional.empty(),
                Optional.empty());
    }

    /** A fight of 154 seconds, with five frames, as it is at a step. */
    private static Incident fight(Step step, Line line) {
        CameraId camera = new CameraId("gateway-1", "door");
        boolean told = step == Step.ACKNOWLEDGED || step == Step.FALSE_ALARM;
        boolean over = step == Step.CLOSED;
        return new Incident(
                "0123456789ab",
                3,
                camera,
                IncidentKind.FIGHT,
                line,
                OPENED,
                OPENED.plusSeconds(154),
                over ? OPENED.plusSeconds(214) : null,
                93.2,
                step == Step.RAISED ? Severity.HIGH : Severity.NORMAL,
                frames(camera, line),
                OPENED.plusSeconds(160),
                told ? OPENED.plusSeconds(45) : null,
                told ? "link" : null,
                step == Step.FALSE_ALARM ? Judgement.FALSE_ALARM : null,
                null);
    }

    /** The strongest first, which is not the earliest. */
    private static List<BestFrame> frames(CameraId camera, Line line) {
        return List.of(
                frame(camera, line, 2250, 5, 93.2),
                frame(camera, line, 0, 1, 88),
                frame(camera, line, 700, 2, 81.6),
                frame(camera, line, 1700, 4, 71.4),
                frame(camera, line, 1200, 3, 66));
    }

    private static BestFrame frame(CameraId camera, Line line, int millis, long sequence, double confidence) {
        Frame frame =
                new Frame(camera, OPENED.plusMillis(millis), sequence, OptionalInt.of((int) Math.round(confidence)));
        return new BestFrame(new FrameKey(line, frame).format(), confidence);
    }

    /** A live alert of a camera and a site of these names, with a link. */
    public static Alert linked(String camera, String site) {
        return with(named(camera, site), false, Optional.empty(), Optional.of(PAGE));
    }

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
        return new Alert(
                step,
                condition(kind, step, camera),
                name,
                new Site("Lincoln School", ZoneId.of("Europe/Berlin")),
                false,
                awaited,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Incident condition(IncidentKind kind, Step step, String camera) {
        Instant over = OPENED.plusSeconds(14 * 60 + 5);
        return new Incident(
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
    }
}
