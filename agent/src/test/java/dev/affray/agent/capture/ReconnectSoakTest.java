package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.affray.agent.capture.CaptureSource.Stream;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.health.FrameLedger;
import dev.affray.camera.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand reconnects of one camera, to a source that answers well and badly in turn. Outside the usual build: {@code mvn -Psoak -pl agent -am test}. */
@Tag("soak")
class ReconnectSoakTest {
    private static final int WARM = 50;
    private static final int ALL = 1_000;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final FrameLedger ledger = new FrameLedger();

    @Test
    void keepsResidentMemoryWithinTenPercent_overAThousandReconnects() throws Exception {
        assumeThat(STATUS).exists();
        byte[] film = Films.ts("320x240", 25);
        List<byte[]> answers = List.of(
                film,
                Films.ts("640x360", 25),
                Arrays.copyOf(film, film.length / 2 + 77),
                "<html><h1>Your camera</h1></html>".getBytes());
        HttpFeed[] feed = new HttpFeed[1];
        feed[0] = HttpFeed.of(out -> {
            HttpFeed.head(out, "video/mp2t");
            out.write(answers.get(feed[0].requests.get() % answers.size()));
        });
        try (HttpFeed _ = feed[0]) {
            soak(feed[0].stream(), feed[0].requests::get);
        }
    }

    @Test
    void keepsResidentMemoryWithinTenPercent_overAThousandRtspSessions() throws Exception {
        assumeThat(STATUS).exists();
        byte[] film = RtpFilm.interleaved("320x240", 4);
        List<byte[]> films =
                List.of(film, RtpFilm.interleaved("640x360", 4), Arrays.copyOf(film, film.length / 2 + 77));
        AtomicInteger sessions = new AtomicInteger();
        try (SpokenCamera camera = SpokenCamera.playing(
                SpokenCamera::usual,
                socket -> RtpFilm.play(socket, films.get(sessions.getAndIncrement() % films.size())))) {
            soak(new Stream(URI.create(camera.url()), Source.Transport.TCP, Optional.empty()), sessions::get);
        }
    }

    private void soak(Stream stream, IntSupplier connects) throws Exception {
        CameraSetup setup = new CameraSetup(
                "soak",
                Captures.config(10),
                ScoreModel.shipped(),
                stream,
                (_, _, _) -> ledger.spooled(),
                ledger,
                Clock.systemUTC(),
                new PacketHistory("soak", new ClipBounds(Duration.ofSeconds(1), 1_000_000), Clock.systemUTC()),
                Duration.ofSeconds(10),
                VideoInput::open,
                () -> new Backoff(() -> 0.5, 1_000_000, 1_000_000));
        long warm;
        long end;
        int threads;
        try (Watchdog watchdog = new Watchdog();
                Camera camera = new Camera(setup, watchdog)) {
            camera.start();
            warm = after(connects, WARM);
            threads = Thread.getAllStackTraces().size();
            end = after(connects, ALL);
            assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(threads + 2);
            assertThat(watchdog.abandoned("soak")).isZero();
        }
        System.out.printf(
                "resident memory: %d KiB after %d connects, %d KiB after %d (%+.1f %%); %s%n",
                warm, WARM, end, ALL, 100.0 * (end - warm) / warm, ledger.counts());
        assertThat(Interrupt.open()).isZero();
        assertThat(ledger.counts().conserved()).isTrue();
        assertThat(end).isLessThan(warm + warm / 10);
    }

    /** Resident memory in KiB once so many connections were made. */
    private static long after(IntSupplier connects, int number) throws IOException {
        await().atMost(Duration.ofMinutes(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> connects.getAsInt() >= number);
        System.gc();
        System.out.printf(
                "%d connects: %d KiB resident, %d B held by JavaCPP%n", number, resident(), Pointer.totalBytes());
        return resident();
    }

    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
