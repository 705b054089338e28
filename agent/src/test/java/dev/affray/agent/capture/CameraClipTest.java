package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.Clip.Reason;
import dev.affray.agent.capture.Clip.Refused;
import dev.affray.agent.capture.Clip.Written;
import dev.affray.agent.capture.Recorded.Packet;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Image;
import dev.affray.camera.Polygon;
import dev.affray.camera.Sampling;
import dev.affray.camera.Sampling.Mode;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips of cameras that run. */
class CameraClipTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FPS = 15;
    private static final Polygon MASK =
            new Polygon(List.of(new Polygon.Corner(0, 0), new Polygon.Corner(1, 0), new Polygon.Corner(1, 1)));

    @TempDir
    Path folder;

    private final Captures captures = new Captures();

    @Test
    void holdsEveryPicture_alsoOfTheTimeInWhichTheGateWasClosed() throws Exception {
        Path file = folder.resolve("clip.mp4");
        Instant began = Instant.now();
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                Camera camera = camera(server, keyPicturesAlone())) {
            camera.start();
            await().atMost(PATIENCE)
                    .until(() -> captures.ledger.counts().gated().packets() > 4);
            Instant closed = captures.frames.getFirst().capturedAt.plusSeconds(3);
            Written whole = (Written) camera.clip(Instant.EPOCH, Instant.MAX, file);

            List<Packet> packets = Recorded.read(file);
            assertThat(packets).hasSize(whole.pictures());
            assertThat(packets.getFirst().key).isTrue();
            assertThat(packets.getFirst().seconds).isZero();
            assertThat(packets.get(1).seconds).isCloseTo(1.0 / FPS, within(0.02));
            assertThat(packets.getLast().seconds).isCloseTo((whole.pictures() - 1.0) / FPS, within(0.1));
            assertThat(whole.from())
                    .isBetween(began, captures.frames.getFirst().capturedAt.plusMillis(500));
            assertThat(Duration.between(whole.from(), whole.to()).toMillis() / 1000.0)
                    .as("FFmpeg holds the first packets up")
                    .isCloseTo(packets.getLast().seconds, within(3.0));
            assertThat(ends(Recorded.read(Captures.sample(40)))).containsAll(ends(packets));

            Written part = (Written) camera.clip(closed, closed.plusMillis(500), file);
            assertThat(part.from()).isBeforeOrEqualTo(closed).isAfter(closed.minusMillis(2200));
            assertThat(part.to()).isCloseTo(closed.plusMillis(500), within(200, ChronoUnit.MILLIS));
            assertThat(Recorded.read(file)).hasSize(part.pictures());
            assertThat(camera.clipBytes()).isPositive();
        }
    }

    @Test
    void goesOnOverAReconnect() throws Exception {
        Path file = folder.resolve("clip.mp4");
        RtspServer first = RtspServer.start(Captures.sample(40), 0);
        try (Camera camera = camera(first, Captures.config(5))) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() > 2);
            first.close();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.RECONNECTING);
            long before = camera.clipBytes();
            Instant lost = Instant.now();
            assertThat(before).isPositive();
            try (RtspServer _ = RtspServer.start(Captures.sample(40), first.port())) {
                await().atMost(PATIENCE).until(() -> camera.clipBytes() > before + 50_000);
            }
            Written clip = (Written) camera.clip(Instant.EPOCH, Instant.MAX, file);

            assertThat(clip.rest()).isEmpty();
            assertThat(clip.from()).isBefore(lost);
            assertThat(clip.to()).isAfter(lost);
            List<Packet> packets = Recorded.read(file);
            assertThat(packets)
                    .hasSize(clip.pictures())
                    .extracting(p -> p.seconds)
                    .isSorted();
            assertThat(packets.getLast().seconds)
                    .isCloseTo(Duration.between(clip.from(), clip.to()).toMillis() / 1000.0, within(3.0));
        } finally {
            first.close();
        }
        assertThat(captures.frames).isNotEmpty();
    }

    @Test
    void isRefused_andNothingIsKept_whenTheCameraHasMasks() throws Exception {
        CaptureSource film = new CaptureSource.LocalFile(Captures.sample(40), true);
        try (Camera camera = captures.camera(film, 5, new Image(320, 4, List.of(MASK)))) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());

            Path file = folder.resolve("clip.mp4");
            assertThat(camera.clip(Instant.EPOCH, Instant.MAX, file))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.MASKED));
            assertThat(camera.clipBytes()).isZero();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void isRefused_beforeThereIsVideo_andOnceTheCameraWasStopped() throws Exception {
        Path file = folder.resolve("clip.mp4");
        Camera camera = captures.camera(new CaptureSource.LocalFile(Captures.sample(40), true), 5);
        assertThat(reason(camera, file)).isEqualTo(Reason.NOTHING_KEPT);
        camera.start();
        await().atMost(PATIENCE).until(() -> camera.clipBytes() > 0);
        assertThat(camera.clip(Instant.EPOCH, Instant.MAX, file)).isInstanceOf(Written.class);
        camera.close();
        assertThat(reason(camera, file)).isEqualTo(Reason.NOTHING_KEPT);
        assertThat(camera.clipBytes()).isZero();
    }

    @Test
    void isRefused_whenNothingIsToBeKept() throws Exception {
        CaptureSource film = new CaptureSource.LocalFile(Captures.sample(40), true);
        try (Camera camera = new Camera(
                "test", Captures.config(5), film, captures, captures.ledger, Clock.systemUTC(), new Watchdog())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());
            assertThat(reason(camera, folder.resolve("clip.mp4"))).isEqualTo(Reason.OFF);
            assertThat(camera.clipBytes()).isZero();
        }
    }

    private static Reason reason(Camera camera, Path file) throws Exception {
        return ((Refused) camera.clip(Instant.EPOCH, Instant.MAX, file)).reason();
    }

    /** The last bytes of each packet: by their beginnings, those from a file differ. */
    private static List<String> ends(List<Packet> packets) {
        return packets.stream()
                .map(packet -> packet.bytes)
                .map(bytes -> HexFormat.of().formatHex(bytes, Math.max(0, bytes.length - 40), bytes.length))
                .toList();
    }

    private Camera camera(RtspServer server, CameraConfig config) {
        return new Camera(
                "test",
                config,
                server.stream(Source.Transport.TCP, Optional.empty()),
                captures,
                captures.ledger,
                Clock.systemUTC(),
                ClipBounds.DEFAULT,
                new Watchdog());
    }

    /** The gate closes after two seconds, and stays so until it has learned what is usual. */
    private static CameraConfig keyPicturesAlone() {
        CameraConfig base = Captures.config(4);
        return new CameraConfig(
                base.name(),
                base.site(),
                base.source(),
                new Sampling(Mode.KEYFRAMES, 4, 4, Duration.ofSeconds(10)),
                new Gate(true, false, true, Duration.ofSeconds(60)),
                List.of(),
                base.image(),
                base.alert());
    }
}
