package dev.affray.agent.iot;

import static dev.affray.agent.iot.TestGateway.document;
import static dev.affray.agent.iot.TestGateway.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that crashes, and knows of no session or subscription when it is back. */
class MosquittoRestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void subscribesAnew_whenTheBrokerForgetsEverything() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                ShadowResponder cloud = new ShadowResponder(broker);
                CountedCamera camera = new CountedCamera();
                TestGateway gateway = new TestGateway(folder, "gateway-1", broker, Duration.ZERO)) {
            cloud.put("gateway-1", "gateway", list("yard"));
            cloud.put("gateway-1", "camera-yard", document("Yard", camera.url("yard")));
            gateway.start();
            await().atMost(PATIENCE).until(() -> gateway.frames("yard") > 1);
            int opened = camera.opened("yard");

            gateway.cable.cut();
            broker.restart();
            cloud.awaitReady();
            assertThat(gateway.frames("yard")).isPositive();
            gateway.cable.mend();
            await().atMost(PATIENCE).until(gateway::isConnected);
            long next = cloud.put("gateway-1", "camera-yard", document("Yard, after the crash", camera.url("yard")));

            await().atMost(PATIENCE)
                    .until(() -> cloud.state("gateway-1", "camera-yard")
                                    .path("reported")
                                    .path("version")
                                    .asLong()
                            == next);
            await().atMost(PATIENCE).until(() -> camera.opened("yard") == opened + 1);
        }
    }
}
