package dev.affray.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affray.agent.capture.Captures;
import dev.affray.agent.identity.IdentityFolder;
import dev.affray.agent.iot.Mosquitto;
import dev.affray.agent.iot.ShadowResponder;
import dev.affray.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, as it is installed, at Debian's Mosquitto instead of AWS IoT. */
class AgentOnMosquittoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PRESENCE = "affray/gateway-1/presence";
    private static final String HEALTH = "affray/gateway-1/health";

    @TempDir
    Path folder;

    @Test
    void itFollowsItsShadows_saysHowItIs_andTheBrokerTellsWhenItIsKilled() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                ShadowResponder cloud = new ShadowResponder(broker)) {
            configure(broker);
            JsonNode yard = Json.tree("{\"name\":\"Yard\",\"site\":{\"name\":\"School\",\"zone\":\"UTC\"}}");
            cloud.put("gateway-1", "gateway", Json.tree("{\"cameras\":[\"yard\"]}"));
            long version = cloud.put("gateway-1", "camera-yard", yard);
            Process agent = start();
            try {
                await().atMost(PATIENCE).until(() -> streaming(cloud));
                JsonNode inForce = Json.tree("{\"version\":" + version + ",\"hash\":\"" + Json.hash(yard) + "\"}");
                await().atMost(PATIENCE).until(() -> inForce.equals(reported(cloud, "camera-yard")));
                assertThat(cloud.messages(PRESENCE).getFirst().path("online").asBoolean())
                        .isTrue();

                long refused = cloud.put("gateway-1", "gateway", Json.tree("{\"cameras\":[\"yard\",\"yard\"]}"));
                await().atMost(PATIENCE)
                        .until(() -> reported(cloud, "gateway")
                                        .path("refused")
                                        .path("version")
                                        .asLong()
                                == refused);
                assertThat(reported(cloud, "gateway")
                                .path("refused")
                                .path("problems")
                                .findValuesAsText("path"))
                        .containsExactly("$.cameras[1]");
                await().atMost(PATIENCE).until(() -> streaming(cloud));

                agent.destroyForcibly().waitFor();
                await().atMost(PATIENCE)
                        .until(() -> !cloud.messages(PRESENCE)
                                .getLast()
                                .path("online")
                                .asBoolean(true));
                assertThat(cloud.messages(PRESENCE).getLast().path("at").isMissingNode()
                                || cloud.messages(PRESENCE).getLast().path("at").isNull())
                        .isTrue();
            } finally {
                agent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private static JsonNode reported(ShadowResponder cloud, String shadow) {
        return cloud.state("gateway-1", shadow).path("reported");
    }

    private static boolean streaming(ShadowResponder cloud) {
        List<JsonNode> reports = cloud.messages(HEALTH);
        return !reports.isEmpty()
                && reports.getLast()
                        .path("cameras")
                        .path(0)
                        .path("state")
                        .asText()
                        .equals("STREAMING");
    }

    private void configure(Mosquitto broker) throws IOException {
        IdentityFolder identity = broker.identity("gateway-1");
        Files.writeString(folder.resolve("agent.yaml"), """
                thing: gateway-1
                data: data
                iot: {endpoint: localhost, port: %d, certificate: %s, privateKey: %s, authority: %s}
                credentials: {endpoint: "https://localhost:1", roleAlias: gateway}
                s3: {bucket: frames, region: eu-central-1, endpoint: "http://localhost:1"}
                """.formatted(
                        broker.port(), identity.certificateFile(), identity.keyFile(), broker.authorityFile()));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--config",
                        folder.resolve("agent.yaml").toString(),
                        "--source",
                        "yard=" + Captures.sample(2),
                        "--loop")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
    }
}
