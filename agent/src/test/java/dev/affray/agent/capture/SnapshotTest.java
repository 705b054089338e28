package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.capture.Snapshot.Reason;
import dev.affray.agent.capture.Snapshot.Refused;
import dev.affray.agent.capture.Snapshot.Written;
import dev.affray.camera.ArmingSchedule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Image;
import dev.affray.camera.Polygon;
import dev.affray.camera.Sampling;
import dev.affray.camera.Sampling.Mode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of now, of cameras that run. */
@Execution(ExecutionMode.CONCURRENT)
class SnapshotTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Polygon LEFT_HALF = new Polygon(List.of(
            new Polygon.Corner(0, 0),
            new Polygon.Corner(0.5, 0),
            new Polygon.Corner(0.5, 1),
            new Polygon.Corner(0, 1)));
    private static final ArmingSchedule NEVER =
            new ArmingSchedule(ZoneOffset.UTC, Map.of(), List.of(), Optional.empty());

    @TempDir
    Path folder;

    private final Captures captures = new Captures();

    private Camera camera(CameraConfig config) {
        return new Camera(
                "test",
                config,
                new LocalFile(Captures.sample(5), true),
                captures,
                captures.ledger,
                Clock.systemUTC(),
                ClipBounds.OFF,
                new Watchdog());
    }

    private static CameraConfig config(Mode mode, double fps, Gate gate, List<Polygon> masks) {
        CameraConfig base = Captures.config(4);
        return new CameraConfig(
                base.name(),
                base.site(),
                base.source(),
                new Sampling(mode, fps, fps, Duration.ofSeconds(10)),
                gate,
                List.of(),
                new Image(320, 4, masks),
                base.alert());
    }

    private Path file() {
        return folder.resolve("snapshot.jpg");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void isOfNow_asLargeAsFramesAre_andWithTheMasks_howeverSeldomFramesAreTaken(Mode mode) throws Exception {
        Gate off = new Gate(false, false, false, Duration.ofSeconds(60));
        try (Camera camera = camera(config(mode, 0.1, off, List.of(LEFT_HALF)))) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());
            Instant asked = Instant.now();
            Written written = (Written) camera.snapshot(PATIENCE, file());

            assertThat(written.at()).isBetween(asked.minusMillis(5), Instant.now());
            assertThat(written.at()).isCloseTo(asked, within(3, ChronoUnit.SECONDS));
            assertThat(Files.size(file())).isEqualTo(written.bytes());
            BufferedImage image = ImageIO.read(file().toFile());
            assertThat(image.getWidth()).isEqualTo(320);
            for (int y = 8; y < image.getHeight(); y += 16) {
                assertThat(new Color(image.getRGB(80, y)).getGreen()).isCloseTo(128, within(2));
            }
            assertThat(captures.frames).as("it is no frame").hasSize(1);
            captures.assertLaw();
        }
    }

    @Test
    void comesAlso_whileTheGateIsClosed_andNothingIsDecoded() throws Exception {
        try (Camera camera =
                camera(config(Mode.KEYFRAMES, 4, new Gate(true, false, true, Duration.ofSeconds(60)), List.of()))) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> captures.ledger.counts().gated().packets() > 1);
            Written written = (Written) camera.snapshot(PATIENCE, file());

            assertThat(ImageIO.read(file().toFile()).getWidth()).isEqualTo(320);
            assertThat(written.at()).isBefore(Instant.now());
            captures.assertLaw();
        }
    }

    @Test
    void isRefused_whileTheCameraIsDisarmed() throws Exception {
        Gate off = new Gate(false, false, false, Duration.ofSeconds(60));
        try (Camera camera = camera(config(Mode.INTERVAL, 4, off, List.of()).armed(NEVER))) {
            camera.start();

            assertThat(camera.snapshot(PATIENCE, file()))
                    .isEqualTo(new Refused(
                            Reason.DISARMED,
                            "the camera is disarmed until its schedule is changed; nobody sees through it meanwhile"));
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void isRefused_whenNoPictureComes_andWhenTheCameraIsStoppedMeanwhile() throws Exception {
        Camera camera = camera(Captures.config(4));
        assertThat(camera.snapshot(Duration.ofMillis(20), file())).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NO_PICTURE);
            assertThat(refused.detail()).contains("no picture came within", "the camera is");
        });

        CompletableFuture<Snapshot> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return camera.snapshot(PATIENCE, file());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        camera.close();
        assertThat(waiting.get())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_RUNNING));
    }

    @Test
    void thoseWhoWait_getNoPictureThatIsOlderThanTheirQuestion_andAreLetGoWhenItIsDisarmed() {
        Snapshots snapshots = new Snapshots();
        long before = System.nanoTime();
        CompletableFuture<Snapshots.Got> asked = snapshots.ask();

        assertThat(snapshots.wants(before)).isFalse();
        snapshots.give(Instant.EPOCH, new byte[1], before);
        assertThat(asked).isNotDone();
        assertThat(snapshots.wants(System.nanoTime())).isTrue();
        snapshots.refuse(Reason.DISARMED, "disarmed");
        assertThat(asked.join()).isEqualTo(new Snapshots.Got.Nothing(new Refused(Reason.DISARMED, "disarmed")));
        assertThat(snapshots.wants(System.nanoTime())).isFalse();

        var _ = snapshots.ask().cancel(false);
        assertThat(snapshots.wants(System.nanoTime()))
                .as("nobody waits any more")
                .isFalse();
    }
}
