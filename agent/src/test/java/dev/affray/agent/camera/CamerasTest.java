package dev.affray.agent.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource;
import dev.affray.agent.capture.ClipBounds;
import dev.affray.agent.gate.FightScore;
import dev.affray.agent.health.Ledgers;
import dev.affray.agent.spool.BootClock;
import dev.affray.agent.spool.DiskSpool;
import dev.affray.agent.spool.Fsync;
import dev.affray.agent.spool.SpoolBounds;
import dev.affray.camera.AlertRule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Image;
import dev.affray.camera.Sampling;
import dev.affray.camera.Site;
import dev.affray.camera.Source;
import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasTest {
    private static final CameraConfig CONFIG = new CameraConfig(
            "Yard",
            new Site("", ZoneOffset.UTC),
            Optional.empty(),
            Sampling.DEFAULT,
            Gate.DEFAULT,
            List.of(),
            Image.DEFAULT,
            AlertRule.DEFAULT);

    @TempDir
    Path data;

    private final Ledgers ledgers = new Ledgers();
    private DiskSpool spool;
    private Cameras cameras;

    /** Else a camera that is told to end might be waiting for that. */
    @BeforeAll
    static void load() {
        FightScore.prepare();
    }

    @BeforeEach
    void open() throws IOException {
        BootClock clock = BootClock.system(Clock.systemUTC());
        spool = DiskSpool.open(data, "gateway-1", SpoolBounds.DEFAULT, Fsync.NEVER, ledgers, clock);
        cameras = new Cameras(spool, ledgers, Clock.systemUTC(), ClipBounds.DEFAULT);
    }

    @Test
    void countsReconnectsOn_whenThePlanChanges() {
        CameraPlan plan = new CameraPlan(CONFIG, new CaptureSource.LocalFile(data.resolve("none.mp4"), false));
        cameras.apply("yard", plan);
        ledgers.of("yard").reconnected();
        cameras.apply("yard", plan);
        assertThat(cameras.health()).extracting(CameraHealth::reconnects).containsExactly(1L);
        assertThat(cameras.plan("yard")).contains(plan);
        cameras.close();
    }

    @Test
    void closesWithinSeconds_alsoWhenEveryCameraHangs() throws IOException {
        CaptureSource film = new CaptureSource.LocalFile(film(), true);
        Duration took;
        synchronized (spool) {
            for (int i = 1; i <= 4; i++) {
                cameras.apply("camera" + i, new CameraPlan(CONFIG, film));
            }
            await().until(() -> blocked() == 4);
            long began = System.nanoTime();
            cameras.close();
            took = Duration.ofNanos(System.nanoTime() - began);
        }

        assertThat(took).isLessThan(Duration.ofSeconds(6));
        await().until(() -> threads().findAny().isEmpty());
    }

    @Test
    void putsPlansIntoForce_withoutWaitingForCamerasThatHang() throws IOException {
        CaptureSource film = new CaptureSource.LocalFile(film(), true);
        Duration took;
        synchronized (spool) {
            for (int i = 1; i <= 4; i++) {
                cameras.apply("camera" + i, new CameraPlan(CONFIG, film));
            }
            await().until(() -> blocked() == 4);
            long began = System.nanoTime();
            for (int i = 1; i <= 3; i++) {
                cameras.apply("camera" + i, new CameraPlan(CONFIG, film));
            }
            cameras.remove("camera4");
            took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(blocked()).isEqualTo(4);
        }
        assertThat(took).isLessThan(Duration.ofSeconds(3));

        await().until(() -> cameras.health().stream()
                .filter(camera -> camera.state() == CameraState.STREAMING)
                .map(CameraHealth::camera)
                .toList()
                .equals(List.of("camera1", "camera2", "camera3")));
        cameras.close();
        assertThat(threads()).isEmpty();
    }

    private static long blocked() {
        return threads()
                .filter(thread -> thread.getState() == Thread.State.BLOCKED)
                .count();
    }

    private static Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("camera-camera"));
    }

    private Path film() throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpg", picture))
                .isTrue();
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            picture.writeTo(film);
        }
        return Files.write(data.resolve("film.mjpeg"), film.toByteArray());
    }

    @Test
    void servesACameraUntilItIsRemoved_whateverStateItIsIn() {
        assertThat(cameras.serves("yard")).isFalse();
        cameras.await("yard");
        assertThat(cameras.serves("yard")).isTrue();
        assertThat(cameras.ended()).isFalse();
        cameras.misconfigured("yard", "no document");
        assertThat(cameras.serves("yard")).isTrue();
        assertThat(cameras.ended()).isTrue();
        cameras.remove("yard");
        assertThat(cameras.serves("yard")).isFalse();
    }

    @Test
    void logsASourceWithoutItsQuery_whereSomeCamerasTakeAPassword() {
        URI url = URI.create("http://127.0.0.1:1/video?user=u&pwd=hush");
        CaptureSource source = new CaptureSource.Stream(url, Source.Transport.TCP, Optional.empty());
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stderr = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            cameras.apply("yard", new CameraPlan(CONFIG, source));
            cameras.close();
        } finally {
            System.setErr(stderr);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("runs from http://127.0.0.1:1/video")
                .doesNotContain("hush");
    }
}
