package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Login;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Sampling;
import dev.affray.camera.Sampling.Mode;
import dev.affray.health.CameraState;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cameras that send JPEGs over HTTP. */
class PictureCameraTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Captures captures = new Captures();

    @ParameterizedTest
    @CsvSource({"MD5, /video?profile=1", "SHA-256, /video", "MD5, /still", "SHA-256, /still?size=2"})
    void signsInByDigest_andSpoolsTheCamerasOwnBytes(String algorithm, String path) throws Exception {
        try (PictureServer server = new PictureServer(algorithm, 320);
                Camera camera = captures.camera(server.stream(path, PictureServer.LOGIN), 20)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 6);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
            assertThat(camera.status().source()).startsWith("mjpeg 320x240");
            assertThat(captures.frames)
                    .allSatisfy(frame -> assertThat(server.sent).contains(PictureServer.key(frame.jpeg)));
            assertThat(server.refused).hasValue(0);
            if (path.startsWith("/still")) {
                assertThat(server.stale).hasPositiveValue();
            }
        }
        captures.assertLaw();
    }

    @Test
    void doesNotEvenDecode_whereNobodyNeedsToLook() throws Exception {
        CameraConfig base = Captures.config(20);
        CameraConfig config = new CameraConfig(
                base.name(),
                base.site(),
                base.source(),
                new Sampling(Mode.KEYFRAMES, 20, 20, Duration.ofSeconds(10)),
                new Gate(false, false, false, Duration.ofSeconds(10)),
                base.zones(),
                base.image(),
                base.alert());
        try (PictureServer server = new PictureServer("MD5", 320);
                Camera camera = new Camera(
                        "test",
                        config,
                        server.stream("/video", PictureServer.LOGIN),
                        captures,
                        captures.ledger,
                        Clock.systemUTC(),
                        new Watchdog())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 6);
            assertThat(captures.frames)
                    .allSatisfy(frame -> assertThat(server.sent).contains(PictureServer.key(frame.jpeg)));
            assertThat(camera.work().decoded()).as("looked at now and then").isLessThanOrEqualTo(2);
            assertThat(camera.status().lastFrameAgeMillis()).isLessThan(5_000);
        }
        captures.assertLaw();
    }

    @Test
    void encodesAnew_whatIsWiderThanAllowed() throws Exception {
        try (PictureServer server = new PictureServer("MD5", 640);
                Camera camera = captures.camera(server.stream("/video", PictureServer.LOGIN), 20)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 2);
        }
        assertThat(ImageIO.read(new ByteArrayInputStream(captures.frames.getFirst().jpeg))
                        .getWidth())
                .isEqualTo(320);
    }

    @Test
    void triesAWrongLoginOnceAConnection() throws Exception {
        try (PictureServer server = new PictureServer("MD5", 320);
                Camera camera = captures.camera(server.stream("/still", new Login("viewer", "wrong")), 20)) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> "401 unauthorized: check the secret"
                            .equals(camera.status().detail()));
            assertThat(server.refused).hasValue(1);
        }
        assertThat(captures.frames).isEmpty();
    }

    @Test
    void saysWhatIsWrong_whenTheAnswerIsNoMotionJpeg() throws Exception {
        try (HttpFeed feed = HttpFeed.of(out -> {
                    HttpFeed.head(out, "multipart/x-mixed-replace; boundary=a");
                    HttpFeed.text(out, "--a\r\nContent-Type: text/plain\r\n\r\nhello\r\n--a\r\n");
                });
                Camera camera = captures.camera(feed.stream(), 10)) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> "its pictures cannot be read: a part is of another type than image/jpeg"
                            .equals(camera.status().detail()));
            assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        }
    }
}
