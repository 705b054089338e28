package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RtspCameraTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "p@ss:w/rd &%C3";

    private final Captures captures = new Captures();

    @ParameterizedTest
    @EnumSource
    void spoolsJpegsInCaptureOrder_overEveryTransport(Source.Transport transport) throws Exception {
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
        assertThat(Captures.running("test")).isFalse();
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

    @Test
    void signsIn_andShowsThePasswordNowhere() throws Exception {
        Login login = new Login("viewer", PASSWORD);
        String said = said(() -> {
            try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD);
                    Camera camera = captures.camera(server.stream(Source.Transport.TCP, Optional.of(login)), 5)) {
                camera.start();
                await().atMost(PATIENCE).until(() -> captures.frames.size() > 2);
                assertThat(camera.status().toString()).doesNotContain(PASSWORD);
            }
        });
        assertThat(said).contains("streaming").doesNotContain(PASSWORD, Secrets.escaped(PASSWORD));
        assertThat(login.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void saysToCheckTheSecret_andShowsItNowhere_whenItIsWrong() throws Exception {
        String wrong = PASSWORD + "-wrong";
        Login login = new Login("viewer", wrong);
        String said = said(() -> {
            try (RtspServer server = RtspServer.start(Captures.sample(40), 0, "viewer", PASSWORD);
                    Camera camera = captures.camera(server.stream(Source.Transport.TCP, Optional.of(login)), 5)) {
                camera.start();
                await().atMost(PATIENCE)
                        .until(() -> "401 unauthorized: check the secret"
                                .equals(camera.status().detail()));
                assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
            }
        });
        assertThat(said).contains("401").doesNotContain(wrong, Secrets.escaped(wrong));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static String said(Action action) throws Exception {
        PrintStream usual = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(usual);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
