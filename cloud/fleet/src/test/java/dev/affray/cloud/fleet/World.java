package dev.affray.cloud.fleet;

import dev.affray.camera.GatewayConfig;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteCameraStore;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.HealthReport;
import dev.affray.health.ImageCondition;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** One gateway, its cameras and the watch, on real stores; time goes on in seconds. The gateway's clock is an hour fast. */
final class World implements AutoCloseable {
    static final String THING = "gw";
    static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    private static final int SKEW = 3600;

    final SqliteCameraStore cameras;
    final SqliteIncidentStore incidents;
    final SqliteDetectionStore detections;
    private final Database database;
    private final Map<String, CameraState> states = new TreeMap<>();
    private final Map<String, Long> frames = new TreeMap<>();
    /** Nothing that could be off, unless a test says so. */
    Model.State state = new Model.State.Running();

    int asked;
    private final Model model = () -> {
        asked++;
        return state;
    };
    private Watch watch;
    private int second;
    private int nextTick;
    private int nextReport;
    private int sequence;
    private int framesPerReport;
    private boolean judged = true;
    private boolean agent = true;

    World(Path folder, String... listed) {
        database = Database.open(folder.resolve("state.db"));
        cameras = new SqliteCameraStore(database);
        incidents = new SqliteIncidentStore(database);
        detections = new SqliteDetectionStore(database);
        watch = new Watch(cameras, incidents, detections, model, Patience.DEFAULT, Instant.EPOCH);
        cameras.putGatewayDocument(THING, 1, new GatewayConfig(Arrays.asList(listed)));
        for (String camera : listed) {
            states.put(camera, CameraState.STREAMING);
        }
        presence(true);
    }

    static Instant at(int second) {
        return START.plusSeconds(second);
    }

    int now() {
        return second;
    }

    void presence(boolean online) {
        cameras.putPresence(THING, online, at(second));
    }

    /** The agent says a camera's state at once. */
    void state(String camera, CameraState state) {
        states.put(camera, state);
        if (agent) {
            report(false);
        }
    }

    /** Its process or its power is gone: the broker says so. */
    void killed() {
        agent = false;
        presence(false);
    }

    void hung() {
        agent = false;
    }

    void stopped() {
        report(true);
        agent = false;
        presence(false);
    }

    void started() {
        agent = true;
        frames.clear();
        presence(true);
        report(false);
    }

    /** It goes on where it hung. */
    void woken() {
        agent = true;
        report(false);
    }

    void unlist(String camera, List<String> remaining) {
        cameras.putGatewayDocument(THING, second + 2, new GatewayConfig(remaining));
        states.remove(camera);
    }

    void arming(String camera, String arming) {
        cameras.putDocument(
                new CameraId(THING, camera),
                second + 1,
                Json.tree("{\"name\":\"Door\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"},\"arming\":" + arming
                        + "}"));
    }

    /** From now on every report counts so many frames more of each camera, and they are judged, or not. */
    void frames(int perReport, boolean judgedToo) {
        framesPerReport = perReport;
        judged = judgedToo;
    }

    /** Another process watches from now on, as a function does that is started anew; messages were taken all the while. */
    void otherWatch() {
        watch = new Watch(cameras, incidents, detections, model, Patience.DEFAULT, Instant.EPOCH);
    }

    /** Seconds in which nothing is taken and nobody watches. */
    void cloudOffFor(int seconds) {
        second += seconds;
        nextReport = second;
        nextTick = second;
        watch = new Watch(cameras, incidents, detections, model, Patience.DEFAULT, at(second));
    }

    void run(int seconds) {
        int end = second + seconds;
        while (second < end) {
            second++;
            if (agent && second >= nextReport) {
                report(false);
            }
            if (second >= nextTick) {
                tick();
                nextTick = second + 60;
            }
        }
    }

    Watch.Outcome tick() {
        return watch.run(at(second));
    }

    private void report(boolean last) {
        nextReport = second + 60;
        Instant sentAt = at(second + SKEW);
        List<CameraHealth> health = new ArrayList<>();
        states.forEach((camera, state) -> {
            long count = frames.merge(camera, (long) framesPerReport, Long::sum);
            FrameCounts counts = new FrameCounts(count, 0, 0, count, 0, count, 0, 0, 0, 0);
            health.add(new CameraHealth(camera, state, "no route", null, null, 2, 0, 0, counts, ImageCondition.FROZEN));
            if (framesPerReport > 0 && judged) {
                detection(camera, second + SKEW);
            }
        });
        cameras.putHealth(
                new HealthReport(
                        THING, sentAt, last, new GatewayHealth("1", START, 0, 1, 1, null, 1, (long) SKEW), health),
                at(second));
    }

    /** A frame that was judged; its time by the gateway's clock. */
    void detection(String camera, int at) {
        Frame frame = new Frame(new CameraId(THING, camera), at(at), sequence++, OptionalInt.empty());
        detections.put(new Detection(new FrameKey(Line.LIVE, frame), Line.LIVE, "fight", 3, "test"));
    }

    List<Incident> of(String camera) {
        return head(camera, IncidentKind.CAMERA_OFFLINE).incidents();
    }

    List<Incident> blind() {
        return head(CameraId.GATEWAY, IncidentKind.PIPELINE_BLIND).incidents();
    }

    List<Incident> gateway() {
        return of(CameraId.GATEWAY);
    }

    Head head(String camera, IncidentKind kind) {
        return incidents.head(new CameraId(THING, camera), kind, Line.LIVE);
    }

    @Override
    public void close() {
        database.close();
    }
}
