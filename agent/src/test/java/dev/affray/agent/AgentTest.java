package dev.affray.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.camera.Secrets;
import dev.affray.agent.camera.Sources;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.identity.RenewalRules;
import dev.affray.agent.iot.Certificates;
import dev.affray.agent.iot.CredentialsSource;
import dev.affray.agent.iot.IotEndpoint;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.agent.upload.Bucket;
import dev.affray.agent.upload.UploadLimits;
import dev.affray.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    @TempDir
    Path folder;

    private AgentConfig config() throws Exception {
        Certificates.make(folder, "gateway-1", "RSA");
        Path authority = folder.resolve("gateway-1.pem");
        IotEndpoint nobody =
                new IotEndpoint("localhost", 1, authority, folder.resolve("gateway-1.key"), Optional.of(authority));
        return new AgentConfig(
                "gateway-1",
                folder.resolve("data"),
                nobody,
                new CredentialsSource(URI.create("https://localhost:1"), "gateway"),
                new Bucket("frames", "eu-central-1", Optional.of(URI.create("http://localhost:1"))),
                SpoolBounds.DEFAULT,
                Fsync.NEVER,
                UploadLimits.DEFAULT,
                Duration.ofSeconds(30),
                ClipBounds.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                RenewalRules.DEFAULT,
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    private void keep(String shadow, String document) throws IOException {
        Path file = Files.createDirectories(folder.resolve("data/shadows")).resolve(shadow + ".json");
        Files.writeString(
                file,
                "{\"version\":1,\"hash\":\"" + Json.hash(Json.tree(document)) + "\",\"document\":" + document + "}");
    }

    @Test
    void doesNotTakeAStreamForAnEndlessOne_beforeTheDocumentsAreKnownToBeTheNewest() throws Exception {
        keep("gateway", "{\"cameras\":[\"yard\"]}");
        keep("camera-yard", """
                {"name":"Yard","site":{"name":"School","zone":"UTC"},"source":{"url":"rtsp://127.0.0.1:1/"}}""");

        try (Agent agent = new Agent(
                config(), ScoreModel.shipped(), new Sources(Map.of(), false, Secrets.NONE), Clock.systemUTC())) {
            agent.start();

            assertThat(agent.endlessCamera()).isEmpty();
            assertThat(agent.isIdle()).isFalse();
        }
    }

    @Test
    void tellsItsOwnMachineHowItIs() throws Exception {
        keep("gateway", "{\"cameras\":[\"yard\"]}");
        keep("camera-yard", """
                {"name":"Yard","site":{"name":"School","zone":"UTC"},"source":{"url":"http://127.0.0.1:1/live?password=hush-hush"}}""");

        try (Agent agent = new Agent(
                        config(), ScoreModel.shipped(), new Sources(Map.of(), false, Secrets.NONE), Clock.systemUTC());
                HttpClient client = HttpClient.newHttpClient()) {
            agent.start();
            await().until(() -> get(client, agent, "metrics")
                    .contains("affray_camera_state{camera=\"yard\",state=\"reconnecting\"} 1"));

            assertThat(get(client, agent, "metrics"))
                    .contains("affray_mqtt_connected 0", "affray_certificate_expires_timestamp_seconds ")
                    .contains("affray_camera_info{camera=\"yard\",name=\"Yard\"} 1");
            assertThat(get(client, agent, ""))
                    .contains("<h1>gateway-1</h1>", "127.0.0.1:1", "not connected")
                    .doesNotContain("hush-hush", "password");
            assertThat(get(client, agent, "healthz")).isEqualTo("ok\n");
        }
    }

    private static String get(HttpClient client, Agent agent, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + agent.statusPort().orElseThrow() + "/" + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
