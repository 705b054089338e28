package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.FightScore;
import dev.affray.camera.ArmedHours;
import dev.affray.camera.ArmingOverride;
import dev.affray.camera.ArmingSchedule;
import dev.affray.camera.CameraConfig;
import dev.affray.camera.Gate;
import dev.affray.camera.Sampling;
import dev.affray.camera.Source;
import dev.affray.health.CameraState;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Cameras that are armed and disarmed while they run. */
@Execution(ExecutionMode.CONCURRENT)
class ArmingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Gate OFF = new Gate(false, false, false, Duration.ofSeconds(10));

    private final Captures captures = new Captures();
    private final SettableClock clock = new SettableClock();

    @TempDir
    Path folder;

    /** Else the first picture waits for that, and counts as captured later. */
    @BeforeAll
    static void load() {
        FightScore.prepare();
    }

    @Test
    void takesFramesFromTheMomentOnInWhichItIsArmed_andUpToThatInWhichItIsDisarmed() throws Exception {
        // Key pictures are two seconds apart: in between it begins with what came since the last one.
        Captures run = FilmRun.play(
                Captures.sample(40), config(OFF).armed(armed(Duration.ofMillis(13_500), Duration.ofMillis(23_500))));

        assertThat(run.frames).extracting(FilmRun::second).allMatch(at -> at >= 13.5 && at < 23.5);
        assertThat(FilmRun.second(run.frames.getFirst())).isLessThan(13.9);
        assertThat(FilmRun.second(run.frames.getLast())).isGreaterThan(22.9);
        assertThat(run.frames.getFirst().score).as("motion of before is known").isPresent();
        assertThat(run.frames).hasSizeBetween(36, 41);
        assertThat(run.ledger.counts().captured()).as("nothing else is counted").isEqualTo(run.frames.size());
    }

    @Test
    void countsNothingOfTheTimeInWhichItIsDisarmed_alsoWithTheGate() throws Exception {
        Captures run = FilmRun.play(
                Captures.sample(40),
                config(Gate.DEFAULT).armed(armed(Duration.ofMillis(13_500), Duration.ofMillis(23_500))),
                PacketRing.MAX_BYTES,
                new OpeningTurns(0));

        assertThat(run.frames).isNotEmpty();
        assertThat(run.frames).extracting(FilmRun::second).allMatch(at -> at >= 13.5 && at < 23.5);
        assertThat(run.ledger.counts().captured()).isBetween(30L, 41L);
        assertThat(run.ledger.counts().conserved()).isTrue();
    }

    @Test
    void takesKeyPicturesAsTheyCome_onlyWhileItIsArmed() throws Exception {
        CameraConfig keys =
                config(Sampling.Mode.KEYFRAMES, OFF).armed(armed(Duration.ofMillis(13_500), Duration.ofMillis(23_500)));
        Captures run = FilmRun.play(Captures.sample(40), keys);

        assertThat(run.frames).hasSizeBetween(4, 6);
        assertThat(run.frames).extracting(FilmRun::second).allMatch(at -> at >= 13.5 && at < 23.5);
        assertThat(run.ledger.counts().captured()).isEqualTo(run.frames.size());
    }

    @Test
    void switchesWithTheClock_alsoWhenThatIsSet_andStaysConnected() throws Exception {
        Instant day = Instant.parse("2026-11-16T12:00:00Z");
        clock.set(day);
        try (Camera camera = camera(new LocalFile(Captures.sample(5), true), nights())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.DISARMED);
            assertThat(camera.status().detail()).isEqualTo("until Mon 16 Nov 2026, 22:00 GMT");
            await().atMost(PATIENCE).until(() -> camera.work().packets() > 40);
            assertThat(captures.frames).isEmpty();
            assertThat(camera.status().lastFrameAgeMillis())
                    .as("a picture was looked at")
                    .isNotNull();
            assertThat(camera.clipBytes()).isZero();
            assertThat(camera.work().decoded()).isLessThan(10);

            clock.set(Instant.parse("2026-11-16T21:59:59Z"));
            await().atMost(PATIENCE).until(() -> captures.frames.size() > 4);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
            assertThat(camera.clipBytes()).isPositive();
            assertThat(captures.frames.getFirst().capturedAt)
                    .isAfterOrEqualTo(Instant.parse("2026-11-16T22:00:00Z"))
                    .isBefore(Instant.parse("2026-11-17T06:00:00Z"));

            clock.set(Instant.parse("2026-11-17T05:59:59Z"));
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.DISARMED);
            assertNothingMoreComes(camera);
            assertThat(captures.frames).allMatch(f -> f.capturedAt.isBefore(Instant.parse("2026-11-17T06:00:00Z")));

            // Set back into the night.
            int before = captures.frames.size();
            clock.set(Instant.parse("2026-11-17T03:00:00Z"));
            await().atMost(PATIENCE).until(() -> captures.frames.size() > before);
            clock.set(day);
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.DISARMED);
            assertNothingMoreComes(camera);
            assertThat(camera.status().reconnects()).isZero();
        }
        captures.assertLaw();
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
        assertThat(captures.ledger.counts().failed()).isZero();
    }

    @Test
    void takesTheFirstFrameOfAStreamWhenItsTimeHasCome() throws Exception {
        Instant until = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.MILLIS);
        ArmingSchedule schedule = byHand(false, until);
        try (RtspServer server = RtspServer.start(Captures.sample(40), 0);
                Camera camera = camera(server.stream(Source.Transport.TCP, Optional.empty()), schedule)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> !captures.frames.isEmpty());

            assertThat(captures.frames.getFirst().capturedAt).isAfterOrEqualTo(until);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
            assertThat(camera.status().reconnects()).isZero();
        }
        captures.assertLaw();
    }

    @Test
    void showsThatItIsLost_whetherItIsArmedOrNot() throws Exception {
        ArmingSchedule schedule = byHand(false, Instant.now().plus(Duration.ofDays(1)));
        RtspServer server = RtspServer.start(Captures.sample(40), 0);
        try (Camera camera = camera(server.stream(Source.Transport.TCP, Optional.empty()), schedule)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.DISARMED);
            server.close();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.RECONNECTING);
        } finally {
            server.close();
        }
        assertThat(captures.frames).isEmpty();
    }

    @Test
    void keepsNothingForClipsOfTheTimeInWhichItIsDisarmed() throws Exception {
        Path file = folder.resolve("clip.mp4");
        clock.set(Instant.parse("2026-11-17T05:00:00Z"));
        try (Camera camera = camera(new LocalFile(Captures.sample(40), true), nights())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.clipBytes() > 0);
            clock.set(Instant.parse("2026-11-17T06:00:00Z"));
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.DISARMED);
            long packets = camera.work().packets();
            await().atMost(PATIENCE).until(() -> camera.work().packets() > packets + 40);

            Clip.Written clip = (Clip.Written) camera.clip(Instant.EPOCH, Instant.MAX, file);
            assertThat(clip.to()).isBefore(Instant.parse("2026-11-17T06:00:00Z"));
        }
    }

    private void assertNothingMoreComes(Camera camera) {
        long packets = camera.work().packets();
        await().atMost(PATIENCE).until(() -> camera.work().packets() > packets + 3);
        int frames = captures.frames.size();
        await().atMost(PATIENCE).until(() -> camera.work().packets() > packets + 30);
        assertThat(captures.frames).hasSize(frames);
    }

    private Camera camera(CaptureSource source, ArmingSchedule schedule) {
        return new Camera(
                "test",
                config(OFF).armed(schedule),
                source,
                captures,
                captures.ledger,
                clock,
                ClipBounds.DEFAULT,
                new Watchdog());
    }

    private static ArmingSchedule nights() {
        ArmedHours night = new ArmedHours(LocalTime.of(22, 0), LocalTime.of(6, 0));
        return new ArmingSchedule(
                ZoneId.of("Europe/London"),
                Arrays.stream(DayOfWeek.values()).collect(Collectors.toMap(day -> day, _ -> List.of(night))),
                List.of(),
                Optional.empty());
    }

    /** In a film that begins at midnight. */
    private static ArmingSchedule armed(Duration from, Duration to) {
        return new ArmingSchedule(
                ZoneOffset.UTC,
                Map.of(),
                List.of(),
                Optional.of(new ArmingOverride(true, Optional.of(FilmRun.BEGIN.plus(from)), FilmRun.BEGIN.plus(to))));
    }

    private static ArmingSchedule byHand(boolean armed, Instant until) {
        return new ArmingSchedule(
                ZoneOffset.UTC,
                ArmingSchedule.always(ZoneOffset.UTC).weekly(),
                List.of(),
                Optional.of(new ArmingOverride(armed, Optional.empty(), until)));
    }

    private static CameraConfig config(Gate gate) {
        return config(Sampling.Mode.INTERVAL, gate);
    }

    private static CameraConfig config(Sampling.Mode mode, Gate gate) {
        CameraConfig base = Captures.config(4);
        return new CameraConfig(
                base.name(),
                base.site(),
                base.source(),
                new Sampling(mode, 4, 4, Duration.ofSeconds(10)),
                gate,
                List.of(),
                base.image(),
                base.alert());
    }
}
