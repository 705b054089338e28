package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RtspCameraTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Captures captures = new Captures();

    @ParameterizedTest
    @EnumSource
    void spoolsJpegsInCaptureOrder_overEveryTransport(Source.Transport transport) throws Exception {
        captures = new Captures("rtsp-" + transport);
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                Camera camera = captures.camera(server.stream(transport, Optional.empty()), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 8);

            assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(captures.frames.getFirst().jpeg));
            assertThat(image.getWidth()).isEqualTo(320);
            assertThat(image.getHeight()).isEqualTo(180);
            CameraStatus status = camera.status();
            assertThat(status.state()).isEqualTo(CameraState.STREAMING);
            assertThat(status.detail()).isNull();
            assertThat(status.source()).isEqualTo("h264 640x360 15 fps");
            assertThat(status.lastFrameAgeMillis()).isNotNull();
            assertThat(status.framesPerSecond()).isPositive();
        }
        assertThat(captures.ledger.counts().conserved()).isTrue();
        assertThat(Captures.running("rtsp-" + transport)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void findsTheTransport_whenTheCameraHasOnlyOne(String offered) throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0, Map.of("RTSP_TRANSPORT", offered));
                Camera camera = captures.camera(server.stream(Source.Transport.AUTO, Optional.empty()), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 3);
            assertThat(camera.status().reconnects()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP, udp", "UDP, tcp"})
    void saysWhy_whenTheCameraHasAnotherTransportOnly(Source.Transport wanted, String offered) throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0, Map.of("RTSP_TRANSPORT", offered));
                Camera camera = captures.camera(server.stream(wanted, Optional.empty()), 10)) {
            camera.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(camera.status().detail())
                            .isEqualTo("the camera does not offer this transport: try auto in source.transport"));
        }
    }

    @Test
    void goesOnOverTcp_whenAFirewallEatsUdp() throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                UdpEater front = new UdpEater(server.port());
                Camera camera = captures.camera(front.stream(), 10, Duration.ofSeconds(4))) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 3);
            assertThat(camera.status().reconnects()).isZero();
            assertThat(front.requests())
                    .anyMatch(r -> r.contains("RTP/AVP/UDP"))
                    .anyMatch(r -> r.contains("RTP/AVP/TCP"));
        }
    }

    @Test
    void decodesH265() throws Exception {
        Path film = folder.resolve("film.mp4");
        Files.write(
                film,
                Films.film(
                        "320x240",
                        15,
                        "-c:v libx265 -preset ultrafast -tag:v hvc1 -g 12 -x265-params log-level=error",
                        "mp4"));
        try (RtspServer server = RtspServer.start(film, 0, Map.of("RTSP_CODEC", "h265"));
                Camera camera = captures.camera(server.stream(Source.Transport.TCP, Optional.empty()), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 3);
            assertThat(camera.status().source()).isEqualTo("hevc 320x240 15 fps");
        }
        captures.assertLaw();
    }

    @Test
    void reconnects_whenTheServerComesBack() throws Exception {
        RtspServer first = RtspServer.start(Captures.sample(40), 0);
        try (Camera camera = captures.camera(first.stream(Source.Transport.TCP, Optional.empty()), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());
            first.close();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.RECONNECTING);
            int before = captures.frames.size();
            try (RtspServer _ = RtspServer.start(Captures.sample(40), first.port())) {
                await().atMost(PATIENCE).until(() -> captures.frames.size() > before + 3);
                assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
                assertThat(camera.status().reconnects()).isEqualTo(1);
            }
        } finally {
            first.close();
        }
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void isStalled_andThenReconnects_whenPacketsStopComing() throws Exception {
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                Camera camera = captures.camera(
                        server.stream(Source.Transport.TCP, Optional.empty()), 10, Duration.ofSeconds(7))) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());
            server.freeze();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.STALLED);
            assertThat(camera.status().detail()).startsWith("no packet for");
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.RECONNECTING);
            assertThat(camera.status().detail()).isEqualTo("timed out after 7 s");
        }
    }
}
