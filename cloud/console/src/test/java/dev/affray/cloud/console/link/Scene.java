package dev.affray.cloud.console.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.Trigger;
import dev.affray.cloud.state.link.AlertLinks;
import dev.affray.cloud.state.link.KeyRing;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import dev.affray.incident.Severity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A fight on one camera of a real store, and the page of its link. */
final class Scene implements AutoCloseable {
    static final CameraId DOOR = new CameraId("gw", "door");
    static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    static final Duration CLOSE_AFTER = Duration.ofSeconds(60);

    private static final KeyRing RING = KeyRing.parse("k".repeat(40));

    final Map<String, byte[]> jpegs = new HashMap<>();
    final DetectionStore detections;
    final IncidentStore incidents;
    final CameraStore cameras;
    final LinkPage page;
    final AlertLinks links = new AlertLinks(URI.create("https://affray.example.org"), () -> RING, AlertLinks.LAST);
    Instant now = START.plusSeconds(8);
    boolean broken;

    private final Database database;
    private int sequence;
    private int documents;

    Scene(Path folder) {
        database = Database.open(folder.resolve("state.db"));
        detections = new SqliteDetectionStore(database);
        incidents = new SqliteIncidentStore(database);
        cameras = new SqliteCameraStore(database);
        InstantSource source = () -> now;
        page = new LinkPage(() -> RING, incidents, detections, cameras, this::jpeg, source.withZone(ZoneOffset.UTC));
    }

    private Optional<byte[]> jpeg(String key) {
        if (broken) {
            throw new IllegalStateException("the bucket is out of reach");
        }
        return Optional.ofNullable(jpegs.get(key));
    }

    void camera(String name, String site, String language) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", name);
        document.putObject("site")
                .put("name", site)
                .put("zone", "Europe/Madrid")
                .put("language", language);
        cameras.putDocument(DOOR, ++documents, document);
    }

    /** A frame that was judged, with a picture, so many seconds after the start. */
    Detection frame(double seconds, double confidence) {
        return frame(DOOR, seconds, confidence);
    }

    Detection frame(CameraId camera, double seconds, double confidence) {
        Instant at = START.plusMillis(Math.round(seconds * 1000));
        Frame frame = new Frame(camera, at, sequence++, OptionalInt.of((int) confidence));
        Detection detection = new Detection(new FrameKey(Line.LIVE, frame), Line.LIVE, "fight", confidence, "test");
        detections.put(detection);
        jpegs.put(detection.key().format(), ("jpeg of " + frame.position()).getBytes(StandardCharsets.UTF_8));
        return detection;
    }

    /** Opens or extends the camera's incident of a line. */
    Incident fight(Line line, double... seconds) {
        Head head = incidents.head(DOOR, IncidentKind.FIGHT, line);
        for (double second : seconds) {
            Detection frame = frame(second, 92);
            head = stored(head.with(
                    List.of(new Trigger(
                            frame.frame().capturedAt(),
                            Severity.NORMAL,
                            List.of(new BestFrame(frame.key().format(), 92)))),
                    CLOSE_AFTER,
                    now));
        }
        return head.incidents().getLast();
    }

    Head stored(Head head) {
        if (!incidents.replace(head)) {
            throw new IllegalStateException("lost a race that nobody else runs");
        }
        head.changed().forEach(incidents::project);
        return head;
    }

    Head head() {
        return incidents.head(DOOR, IncidentKind.FIGHT, Line.LIVE);
    }

    /** What the link of an incident ends with. */
    String token(Incident incident) {
        return links.of(incident, now).getPath().substring(AlertLinks.PATH.length());
    }

    LinkResponse get(String path) {
        return send("GET", path);
    }

    LinkResponse send(String method, String pathAndDone) {
        String[] parts = pathAndDone.split("\\?done=", -1);
        return page.answer(new LinkRequest(method, parts[0], parts.length > 1 ? parts[1] : "", "en-GB,en;q=0.9"));
    }

    static String text(LinkResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        database.close();
    }
}
