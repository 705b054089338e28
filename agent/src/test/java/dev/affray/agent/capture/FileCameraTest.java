package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.health.CameraState;
import dev.affray.health.FrameCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCameraTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Captures captures = new Captures();

    @Test
    void endsWithEveryInstantInTheLedger_whenTheFileEnds() {
        try (Camera camera = captures.camera(new LocalFile(Captures.sample(5), false), 4)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.ENDED);
            assertThat(camera.status().source()).isEqualTo("h264 640x360 15 fps");
        }
        FrameCounts counts = captures.ledger.counts();
        assertThat(counts.captured()).isCloseTo(20, within(1L));
        assertThat(counts.spooled()).isEqualTo(captures.frames.size()).isPositive();
        assertThat(counts.skipped()).as("the yard is empty at first").isPositive();
        assertThat(counts.failed()).isZero();
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void countsFramesAsFailed_whenTheSinkCannotKeepThem() {
        FrameSink full = (_, _, _) -> {
            throw new IOException("no space left");
        };
        LocalFile file = new LocalFile(Captures.sample(5), false);
        try (Camera camera = new Camera(
                "test", Captures.config(4), file, full, captures.ledger, Clock.systemUTC(), new Watchdog())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.ENDED);
        }
        assertThat(captures.ledger.counts().failed()).isCloseTo(20, within(1L));
    }

    @Test
    void countsAFrameAsFailed_andGoesOn_whenMemoryRunsOutForAMoment() {
        AtomicBoolean first = new AtomicBoolean(true);
        FrameSink sink = (capturedAt, score, jpeg) -> {
            if (first.getAndSet(false)) {
                throw new OutOfMemoryError("for a moment");
            }
            captures.spool(capturedAt, score, jpeg);
        };
        LocalFile file = new LocalFile(Captures.sample(5), false);
        try (Camera camera = new Camera(
                "test", Captures.config(4), file, sink, captures.ledger, Clock.systemUTC(), new Watchdog())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.ENDED);
        }
        assertThat(captures.ledger.counts().failed()).isOne();
        assertThat(captures.ledger.counts().captured()).isCloseTo(20, within(1L));
    }

    @Test
    void goesOnForward_whenTheFileBeginsAgain() {
        try (Camera camera = captures.camera(new LocalFile(Captures.sample(1), true), 5)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.ledger.counts().captured() > 12);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
        }
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
        assertThat(Captures.running("test")).isFalse();
    }

    @Test
    void keepsTheDistancesOfTheFilm_andStaysOutOfTheFuture_whenItIsHurried() throws Exception {
        Path film = folder.resolve("film.mp4");
        Files.write(film, Films.film("320x240", 20, Films.H264, "mp4"));
        Instant began = Instant.now();
        List<Instant> early = new CopyOnWriteArrayList<>();
        FrameSink sink = (capturedAt, score, jpeg) -> {
            if (capturedAt.isAfter(Instant.now())) {
                early.add(capturedAt);
            }
            captures.spool(capturedAt, score, jpeg);
        };
        try (Camera camera = new Camera(
                "test",
                Captures.config(10),
                new LocalFile(film, false, 50),
                sink,
                captures.ledger,
                Clock.systemUTC(),
                new Watchdog())) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.ENDED);
        }
        assertThat(early).isEmpty();
        assertThat(captures.frames).hasSizeBetween(19, 21);
        assertThat(captures.frames.getFirst().capturedAt).isAfter(began.minusSeconds(2));
        assertThat(captures.frames).extracting(f -> f.capturedAt).isSorted().doesNotHaveDuplicates();
        Duration span = Duration.between(captures.frames.getFirst().capturedAt, captures.frames.getLast().capturedAt);
        assertThat(span).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2200));
        captures.assertLaw();
    }

    @Test
    void cannotBeHurried_whenTheFilmDoesNotSayHowLongItIs() throws Exception {
        Path film = folder.resolve("film.h264");
        Files.write(film, Films.film("320x240", 20, Films.H264, "h264"));
        try (Camera camera = captures.camera(new LocalFile(film, false, 2), 10)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> camera.status().state() == CameraState.MISCONFIGURED);
            assertThat(camera.status().detail())
                    .endsWith("does not say how long it is, so it cannot be played faster: leave --speed out");
        }
    }

    @Test
    void canBeClosed_withoutHavingBeenStarted() {
        Camera camera = captures.camera(new LocalFile(Captures.sample(1), true), 5);
        camera.close();
        assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
    }
}
