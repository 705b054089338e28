package dev.affray.agent.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.document.Json;
import dev.affray.health.CameraHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The part of a gateway between the broker and its cameras, at the end of a cable. */
final class TestGateway implements AutoCloseable {
    final String thing;
    final Cable cable;
    final Cameras cameras;
    final LastGood lastGood;
    final Ledgers ledgers = new Ledgers();
    final ShadowSync sync;
    final MovedClock clock = new MovedClock();
    private final MqttConnection connection;

    /** @param folder of its data, which a restarted one finds again */
    TestGateway(Path folder, String thing, Mosquitto broker, Duration pace) throws IOException {
        this.thing = thing;
        cable = new Cable(broker.port());
        IdentityFolder identity = broker.identity(thing);
        DiskSpool spool = DiskSpool.open(
                folder.resolve("spool"), thing, SpoolBounds.DEFAULT, Fsync.NEVER, ledgers, BootClock.system(clock));
        cameras = new Cameras(spool, ledgers, clock, ClipBounds.OFF);
        lastGood = new LastGood(folder.resolve("shadows"));
        IotEndpoint endpoint = new IotEndpoint(
                "localhost",
                cable.port(),
                identity.certificateFile(),
                identity.keyFile(),
                Optional.of(broker.authorityFile()));
        connection = new MqttConnection(endpoint, thing, clock);
        Sources sources = new Sources(Map.of(), false, Secrets.NONE);
        sync = new ShadowSync(thing, connection, cameras, sources, lastGood, pace);
    }

    TestGateway start() {
        sync.restore();
        connection.start(sync);
        return this;
    }

    boolean isConnected() {
        return connection.isConnected();
    }

    long frames(String camera) {
        return ledgers.of(camera).counts().captured();
    }

    CameraHealth health(String camera) {
        return cameras.health().stream()
                .filter(health -> health.camera().equals(camera))
                .findFirst()
                .orElseThrow();
    }

    /** A document of a camera that is told from others by its name. */
    static ObjectNode document(String name, String url) {
        return (ObjectNode) Json.tree("""
                {"name":"%s","site":{"name":"School","zone":"UTC"},"source":{"url":"%s"},
                 "sampling":{"fps":4,"activeFps":4},"gate":{"packets":"off","motion":"off","duplicates":"off"},"score":"off"}""".formatted(name, url));
    }

    static JsonNode list(String... cameras) {
        return Json.tree(Json.write(Map.of("cameras", cameras)));
    }

    @Override
    public void close() throws IOException {
        sync.close();
        connection.close();
        cameras.close();
        cable.close();
    }

    /** The system's, but as far ahead as told. */
    static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void move(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
