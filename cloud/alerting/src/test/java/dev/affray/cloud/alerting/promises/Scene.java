package dev.affray.cloud.alerting.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.promises.Messages.Arrival;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** One camera and one worker, told frame by frame; every positive is a trigger. Three clocks: the cloud's, S3's, which goes with it, and the gateway's. */
final class Scene implements AutoCloseable {
    static final CameraId DOOR = new CameraId("gateway-1", "door");
    static final Duration CLOSE_AFTER = Duration.ofSeconds(60);
    static final Duration MAX_LAG = Duration.ofSeconds(20);
    private static final AlertRule RULE = new AlertRule(
            OptionalInt.of(1),
            Duration.ofMillis(500),
            Duration.ofMillis(2500),
            OptionalDouble.of(60),
            CLOSE_AFTER,
            MAX_LAG);

    /** Always the first choice: frames are handled in order, and no tick comes of itself. */
    private static final RandomGenerator FIRST = () -> 0;

    private final Database database;
    private final Stores stores;
    private final World world;
    private Duration gatewayAhead = Duration.ZERO;
    private int sequence;

    Scene(Path folder) {
        database = Database.open(folder.resolve("state.db"));
        stores = Stores.sqlite(database);
        world = new World(
                stores,
                _ -> RULE,
                _ -> new Detector.Opinion.Judged("test", "fight", 90),
                FIRST,
                new Interleaving(FIRST, 1, 0));
    }

    /** From here on the gateway's clock is so far ahead of the right time. */
    void gatewayIsAhead(Duration by) {
        gatewayAhead = by;
    }

    /** Time passes. */
    void pass(Duration time) {
        world.clock().advance(time);
    }

    /** Somebody sets the cloud's clock, and so S3's; the right time stays what it was. */
    void cloudIsSet(Duration by) {
        world.clock().advance(by);
        gatewayAhead = gatewayAhead.minus(by);
    }

    /** A positive frame is captured now, uploaded and judged. */
    void live() {
        arrive(Line.LIVE, gatewayNow(), now());
    }

    /** A positive frame captured some time ago comes from the backlog. */
    void backlog(Duration ago) {
        arrive(Line.BACKLOG, gatewayNow().minus(ago), now());
    }

    /** A positive frame, with when S3 says that it came. */
    void arrive(Line line, Instant capturedAt, Instant event) {
        FrameKey key = new FrameKey(line, new Frame(DOOR, capturedAt, sequence++, OptionalInt.of(90)));
        world.deliver(List.of(_ -> Messages.of(List.of(new Arrival(key, event)))));
    }

    void tick() {
        world.tick();
    }

    Instant now() {
        return world.now();
    }

    Instant gatewayNow() {
        return now().plus(gatewayAhead);
    }

    /** Those that are not merged away, as they are now, by opening. */
    List<Incident> incidents(Line line) {
        Instant ever = Instant.parse("2100-01-01T00:00:00Z");
        return stores.incidents().history(DOOR, IncidentKind.FIGHT, line, Instant.EPOCH, ever).stream()
                .filter(i -> i.mergedInto() == null)
                .toList();
    }

    /** Those of the live ones that the head holds. */
    List<Incident> inHead() {
        return stores.incidents().head(DOOR, IncidentKind.FIGHT, Line.LIVE).incidents();
    }

    Stores stores() {
        return stores;
    }

    /** The lines of what was announced, in this order; each incident once. */
    List<Line> announced() {
        assertThat(world.announced()).extracting(Incident::id).doesNotHaveDuplicates();
        return world.announced().stream().map(Incident::line).toList();
    }

    /** Closes everything, and compares it with the definition. */
    void checkThatTheDefinitionHolds() {
        world.settle();
        Outcome outcome = new Outcome(stores, Map.of(DOOR, RULE), world.announced());
        outcome.checkIncidents();
        outcome.checkAnnouncements();
    }

    @Override
    public void close() {
        database.close();
    }
}
