package dev.affray.agent.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.camera.Cameras;
import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.document.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shadows against a real MQTT connection and a broker that answers as AWS IoT does. */
class ShadowSyncTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CAMERA = """
            {"name":"Yard","site":{"name":"School","zone":"UTC"},"source":{"url":"rtsp://127.0.0.1:1/"},
             "alert":{"maxLagSeconds":33,"closeAfterSeconds":60}}""";

    @TempDir
    Path folder;

    private Cameras cameras;
    private LastGood lastGood;
    private ShadowBroker broker;
    private MqttConnection connection;
    private ShadowSync sync;

    @BeforeEach
    void open() throws Exception {
        Certificates.make(folder, "gateway-1", "RSA");
        Certificates.make(folder, "broker", "RSA");
        broker = new ShadowBroker(Certificates.tls(
                Certificates.make(folder, "broker", "RSA"), Certificates.make(folder, "gateway-1", "RSA")));
        Clock clock = Clock.systemUTC();
        Ledgers ledgers = new Ledgers();
        DiskSpool spool = DiskSpool.open(
                folder.resolve("data"),
                "gateway-1",
                SpoolBounds.DEFAULT,
                Fsync.NEVER,
                ledgers,
                BootClock.system(clock));
        cameras = new Cameras(spool, ledgers, clock, ClipBounds.OFF);
        lastGood = new LastGood(folder.resolve("shadows"));
        IotEndpoint endpoint = new IotEndpoint(
                "localhost",
                broker.port(),
                folder.resolve("gateway-1.pem"),
                folder.resolve("gateway-1.key"),
                Optional.of(folder.resolve("broker.pem")));
        connection = new MqttConnection(endpoint, "gateway-1", clock);
        sync = new ShadowSync("gateway-1", connection, cameras, new Sources(Map.of(), false, Secrets.NONE), lastGood);
    }

    @AfterEach
    void close() {
        sync.close();
        connection.close();
        cameras.close();
        broker.close();
    }

    private void keep(String shadow, String document) {
        JsonNode desired = Json.tree(document);
        lastGood.write(shadow, new LastGood.Kept(3, Json.hash(desired), desired));
    }

    @Test
    void theLastGoodDocumentsAreInForce_whenTheRestoreReturns() {
        keep("gateway", "{\"cameras\":[\"hall\",\"yard\"]}");
        keep("camera-yard", CAMERA);

        sync.restore();

        assertThat(cameras.serves("hall")).isTrue();
        assertThat(cameras.maxLag("yard")).isEqualTo(Duration.ofSeconds(33));
        assertThat(sync.isSettled()).isFalse();
    }

    private long reports(String shadow) {
        return broker.reports.stream().filter(shadow::equals).count();
    }

    private void serveYard() {
        broker.put("gateway", 1, "{\"cameras\":[\"yard\"]}");
        broker.put("camera-yard", 1, CAMERA);
        sync.restore();
        connection.start(sync);
        await().atMost(PATIENCE).until(() -> reports("camera-yard") == 1);
    }

    @Test
    void reportsOnACameraAgain_whichWasRemovedAndMadeAnewAsItWas() {
        serveYard();
        broker.put("gateway", 2, "{\"cameras\":[]}");
        await().atMost(PATIENCE).until(() -> !cameras.serves("yard"));
        broker.put("camera-yard", 1, CAMERA);
        broker.put("gateway", 3, "{\"cameras\":[\"yard\"]}");

        await().atMost(PATIENCE).until(() -> reports("camera-yard") == 2);
        assertThat(sync.isSettled()).isTrue();
    }

    @Test
    void servesACameraNoMore_whoseDocumentWasDeleted_andReportsOnItWhenItIsBack() {
        serveYard();
        broker.delete("camera-yard");
        await().atMost(PATIENCE)
                .until(() -> "no document".equals(cameras.health().getFirst().detail()));
        assertThat(lastGood.read("camera-yard")).isEmpty();
        broker.put("camera-yard", 1, CAMERA);

        await().atMost(PATIENCE).until(() -> reports("camera-yard") == 2);
    }
}
