package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.health.CameraState;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real native calls that hang: FFmpeg opens and reads a named pipe without ever asking the interrupt. */
@Execution(ExecutionMode.CONCURRENT)
class WatchdogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final long AT_LEISURE = Duration.ofSeconds(10).toNanos();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    Path folder;

    private final String id = "hanging-" + NUMBERS.incrementAndGet();
    private final Captures captures = new Captures(id);
    private final Watchdog watchdog = new Watchdog(Duration.ofMillis(50), SOON, Duration.ofMillis(1));
    private final AtomicInteger openings = new AtomicInteger();
    private Path pipe;

    @BeforeEach
    void makePipe() throws Exception {
        pipe = folder.resolve("pipe");
        int code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        assumeThat(code).as("named pipes").isZero();
    }

    @AfterEach
    void close() {
        watchdog.close();
    }

    /** A camera whose first openings go to the pipe, and the others to a film. */
    private Camera camera(int pipes) {
        LocalFile hanging = new LocalFile(pipe, false);
        VideoInput.Opener opener = (source, interrupt, timeoutNanos) -> openings.getAndIncrement() < pipes
                ? VideoInput.openUnchecked(hanging, interrupt, timeoutNanos, new Encounter())
                : VideoInput.open(source, interrupt, AT_LEISURE);
        return captures.camera(new LocalFile(Captures.sample(5), true), 10, SOON, opener, watchdog);
    }

    /** Opens the pipe's other end, so that those who wait for it come back. */
    private void release() throws IOException {
        new FileOutputStream(pipe.toFile()).close();
    }

    @Test
    void goesOnWithAnotherThread_whenACallDoesNotReturn_andTakesNothingFromTheOldOne() throws Exception {
        try (Camera camera = camera(1)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= 3);
            assertThat(camera.status().state()).isEqualTo(CameraState.STREAMING);
            assertThat(watchdog.abandoned(id)).isOne();
            assertThat(watchdog.hanging()).isOne();
            assertThat(Captures.running(id + "-abandoned")).isTrue();

            release();
            await().atMost(PATIENCE).until(() -> watchdog.hanging() == 0);
            int before = captures.frames.size();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= before + 3);
        }
        assertThat(Captures.running(id + "-abandoned")).isFalse();
        assertThat(watchdog.abandoned(id)).isOne();
        captures.assertLaw();
    }

    @Test
    void goesOnWithAnotherThread_whenReadingDoesNotReturn() throws Exception {
        byte[] film = Films.ts("320x240", 25);
        try (Camera camera = camera(1)) {
            camera.start();
            try (FileOutputStream end = new FileOutputStream(pipe.toFile())) {
                end.write(film, 0, film.length / 2);
                await().atMost(PATIENCE).until(() -> watchdog.abandoned(id) == 1);
                await().atMost(PATIENCE).until(() -> openings.get() == 2);
                end.write(film, film.length / 2, film.length - film.length / 2);
            } catch (IOException e) {
                // The abandoned thread came back, and closed the pipe before it was full.
            }
            await().atMost(PATIENCE).until(() -> watchdog.hanging() == 0);
            int before = captures.frames.size();
            await().atMost(PATIENCE).until(() -> captures.frames.size() >= before + 3);
        }
        captures.assertLaw();
    }

    @Test
    void isOverwhelmed_whenTooManyCallsHang() throws Exception {
        Camera camera = camera(Integer.MAX_VALUE);
        camera.start();
        await().atMost(PATIENCE).until(() -> watchdog.hanging() == Watchdog.LIMIT - 1);
        assertThat(camera.status().state()).isEqualTo(CameraState.RECONNECTING);
        assertThat(camera.status().detail()).startsWith("a call into FFmpeg hung");
        await().atMost(PATIENCE).until(watchdog::isOverwhelmed);
        camera.stop();
        try (RandomAccessFile _ = new RandomAccessFile(pipe.toFile(), "rw")) {
            await().atMost(PATIENCE).until(() -> watchdog.hanging() == 0 && !Captures.running(id));
        }
        assertThat(watchdog.isOverwhelmed()).isTrue();
        assertThat(captures.ledger.counts().captured()).isZero();
    }

    @Test
    void countsAStoppedCameraThatHangs_andReplacesItNot() throws Exception {
        Camera camera = camera(1);
        camera.start();
        await().atMost(PATIENCE).until(() -> openings.get() == 1);
        camera.stop();
        await().atMost(PATIENCE).until(() -> watchdog.hanging() == 1);
        release();
        await().atMost(PATIENCE).until(() -> watchdog.hanging() == 0);
        assertThat(openings).hasValue(1);
    }

    @Test
    void leavesACameraAlone_thatOnlyWaitsToTryAgain() throws Exception {
        try (HttpFeed gone = HttpFeed.of(_ -> {});
                Camera camera = captures.camera(gone.stream(), 5, SOON.multipliedBy(3), VideoInput::open, watchdog)) {
            camera.start();
            await().atMost(PATIENCE).until(() -> gone.requests.get() >= 3);
            assertThat(watchdog.abandoned(id)).isZero();
        }
    }
}
