package dev.affray.cloud.local.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.camera.GatewayConfig;
import dev.affray.camera.Reported;
import dev.affray.camera.Site;
import dev.affray.cloud.console.ConsoleApi;
import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Notification;
import dev.affray.cloud.state.Notification.Outcome;
import dev.affray.cloud.state.NotificationStore;
import dev.affray.cloud.state.Step;
import dev.affray.cloud.state.link.AlertLinks;
import dev.affray.cloud.state.link.KeyRing;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.cloud.state.sqlite.SqliteNotificationStore;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.CertificateHealth;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Judgement;
import dev.affray.incident.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The console with an invented site behind it, for looking at: run it with a port and a token file, and open the link. */
final class ConsolePreview {
    private static final Site SCHOOL = new Site("Northgate School", ZoneId.of("Europe/London"));
    private static final Site STATION = new Site("Hauptbahnhof", ZoneId.of("Europe/Berlin"));
    private static final FrameCounts COUNTS = new FrameCounts(18_240, 13_911, 2, 4_327, 4, 4_319, 0, 0, 1, 11);

    private final DetectionStore detections;
    private final IncidentStore incidents;
    private final NotificationStore notifications;
    private final CameraStore cameras;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<String> listed = new ArrayList<>();
    private final boolean calm;
    private Instant reportedAt = now;
    private long sequence = 3000;

    private ConsolePreview(Database database, boolean calm) {
        this.calm = calm;
        detections = new SqliteDetectionStore(database);
        incidents = new SqliteIncidentStore(database);
        notifications = new SqliteNotificationStore(database);
        cameras = new SqliteCameraStore(database);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("affray-preview").resolve("state.db");
        boolean calm = arguments.length > 2 && arguments[2].equals("calm");
        ConsolePreview preview = new ConsolePreview(Database.open(state), calm);
        preview.fill();
        ConsoleApi api = new ConsoleApi(
                preview.detections, preview.incidents, preview.notifications, preview.cameras, Clock.systemUTC());
        KeyRing ring = KeyRing.parse("preview-".repeat(4));
        LinkPage links = new LinkPage(
                () -> ring,
                preview.incidents,
                preview.detections,
                preview.cameras,
                PaintedFrames::read,
                Clock.systemUTC());
        WebServer server = WebServer.start(
                Integer.parseInt(arguments[0]), api, PaintedFrames::read, new Mails(), links, Path.of(arguments[1]));
        System.out.println(server.link());
        AlertLinks alerts =
                new AlertLinks(URI.create("http://127.0.0.1:" + server.port()), () -> ring, AlertLinks.LAST);
        preview.incidents.recent(99).forEach(i -> System.out.println(alerts.of(i, preview.now)));
        Thread.currentThread().join();
    }

    private void fill() {
        gateway("northgate-gw1", true, now.minusSeconds(4));
        camera("northgate-gw1", "door", "Main entrance", SCHOOL, CameraState.STREAMING, null, 3, null);
        camera("northgate-gw1", "yard", "Yard, bicycle stands", SCHOOL, CameraState.STREAMING, null, 41, null);
        if (calm) {
            camera("northgate-gw1", "gym", "Gym corridor", SCHOOL, CameraState.DISARMED, null, 5000, null);
            return;
        }
        Reported.Refused refused = Reported.Refused.of(
                13,
                "ab".repeat(32),
                List.of(
                        new Problem("$.sampling.fps", "is 60; must be from 0.05 to 30"),
                        new Problem("$.alert.minConfidense", "is not a known field; did you mean minConfidence?")));
        camera("northgate-gw1", "gym", "Gym corridor", SCHOOL, CameraState.STREAMING, null, 2, refused);
        camera(
                "northgate-gw1",
                "stairs",
                "North stairs",
                SCHOOL,
                CameraState.RECONNECTING,
                "connection refused by 10.20.0.14:554",
                1900,
                null);
        gateway("station-gw", false, now.minusSeconds(4000));
        camera(
                "station-gw",
                "platform-2",
                "Platform 2, north stairs",
                STATION,
                CameraState.STREAMING,
                null,
                4000,
                null);

        incident("door-1", "northgate-gw1", "door", 14, 9, null, Severity.HIGH, Line.LIVE, null, 1);
        incident("gym-1", "northgate-gw1", "gym", 1500, 4, 1436L, Severity.NORMAL, Line.LIVE, Judgement.FALSE_ALARM, 1);
        incident("platform-1", "station-gw", "platform-2", 9000, 31, 8900L, Severity.HIGH, Line.BACKLOG, null, 2);
    }

    private void gateway(String thing, boolean online, Instant healthAt) {
        listed.clear();
        reportedAt = healthAt;
        cameras.putPresence(thing, online, now.minusSeconds(online ? 86_000 : 3970));
        report(thing);
    }

    private void report(String thing, CameraHealth... health) {
        GatewayHealth gateway = new GatewayHealth(
                "0.1.0",
                now.minusSeconds(86_000),
                1_843_200,
                2_147_483_648L,
                48_318_382_080L,
                188_743_680L,
                31.5,
                -42L,
                null,
                null,
                new CertificateHealth(
                        now.plus(Duration.ofDays(calm ? 200 : 11)),
                        now.minusSeconds(7_000),
                        calm ? null : "Registering by the template affray-gateway-renewal got no answer"));
        cameras.putHealth(new HealthReport(thing, reportedAt, false, gateway, List.of(health)), reportedAt);
    }

    private void camera(
            String thing,
            String id,
            String name,
            Site site,
            CameraState state,
            @Nullable String detail,
            int frameAge,
            Reported.@Nullable Refused refused) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", name);
        document.putObject("site")
                .put("name", site.name())
                .put("zone", site.zone().getId());
        CameraId camera = new CameraId(thing, id);
        cameras.putDocument(camera, 12, document);
        listed.add(id);
        cameras.putGatewayDocument(thing, listed.size(), new GatewayConfig(listed));
        cameras.putReported(camera, 12, new Reported(12, "cd".repeat(32), refused));
        report(thing, new CameraHealth(id, state, detail, "h264 1920x1080 25 fps", 38L, 2, 1, 0, COUNTS));
        detect(camera, now.minusSeconds(frameAge), 4, Line.LIVE);
    }

    private void incident(
            String id,
            String thing,
            String camera,
            long openedAgo,
            int seconds,
            @Nullable Long closedAgo,
            Severity severity,
            Line line,
            @Nullable Judgement judgement,
            int attempts) {
        CameraId where = new CameraId(thing, camera);
        Instant opened = now.minusSeconds(openedAgo);
        double peak = 0;
        BestFrame best = null;
        for (int half = -6; half <= 2 * seconds + 6; half++) {
            double wave = half < 0 || half > 2 * seconds ? 14 : 62 + 30 * Math.sin(Math.PI * half / (2.0 * seconds));
            Detection detection = detect(where, opened.plusMillis(500L * half), wave + half % 3, line);
            if (detection.confidence() > peak) {
                peak = detection.confidence();
                best = new BestFrame(detection.key().format(), peak);
            }
        }
        incidents.project(new Incident(
                id,
                2,
                where,
                IncidentKind.FIGHT,
                line,
                opened,
                opened.plusSeconds(seconds),
                closedAgo == null ? null : now.minusSeconds(closedAgo),
                peak,
                severity,
                best == null ? List.of() : List.of(best),
                now,
                judgement == null ? null : opened.plusSeconds(40),
                judgement == null ? null : "link",
                judgement,
                null));
        for (int attempt = 1; attempt <= attempts; attempt++) {
            notifications.claim(new Notification.Key(id, Step.OPENED, "mail"), opened, Duration.ZERO);
        }
        notifications.record(
                new Notification.Key(id, Step.OPENED, "mail"), Outcome.SENT, opened.plusSeconds(3), "mail-1");
    }

    private Detection detect(CameraId camera, Instant at, double confidence, Line line) {
        Frame frame = new Frame(camera, at, sequence++, OptionalInt.of((int) confidence));
        Detection detection = new Detection(new FrameKey(line, frame), line, "fight", confidence, "edge-score");
        detections.put(detection);
        return detection;
    }

    private static final class Mails implements InboxPages {
        private static final Heading ALERT = new Heading(
                "1",
                "Affray <affray@localhost>",
                "duty@northgate.example",
                "Fight alarm: Main entrance, Northgate School (92 %)",
                Instant.now().minusSeconds(11));
        private static final Heading TEXT_ONLY = new Heading(
                "2",
                "Affray <affray@localhost>",
                "duty@northgate.example",
                "Delayed: Platform 2, north stairs, Hauptbahnhof",
                Instant.now().minusSeconds(8100));

        @Override
        public List<Heading> list() {
            return List.of(ALERT, TEXT_ONLY);
        }

        @Override
        public Optional<Mail> read(String id) {
            String text = "Fight alarm at Main entrance, Northgate School.\n\nConfidence 92 %, 14 seconds ago.\n";
            return switch (id) {
                case "1" -> Optional.of(new Mail(ALERT, text, HTML, Map.of("best@affray", picture())));
                case "2" -> Optional.of(new Mail(TEXT_ONLY, text, null, Map.of()));
                default -> Optional.empty();
            };
        }

        private static Image picture() {
            return new Image("image/jpeg", PaintedFrames.paint(92, 960, 540));
        }

        private static final String HTML = """
                <!doctype html><html><head><meta charset="utf-8"></head>
                <body style="font-family: sans-serif; margin: 24px; color: #1b2327">
                <h1 style="font-size: 20px">Fight alarm: Main entrance</h1>
                <p>Northgate School, confidence 92 %.</p>
                <p><img src="cid:best@affray" width="480" alt="Strongest frame"></p>
                <p><a href="http://127.0.0.1:1/a/abc">Open the alert</a></p>
                <script>document.body.textContent = 'a script ran'</script>
                <img src="http://203.0.113.1/pixel.png" alt=""></body></html>
                """;
    }
}
