package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.OperatingSystemMXBean;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import dev.affray.agent.gate.ScoreModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** What a quiet camera costs: {@code -Daffray.gate.film=FILE} plays a film of nothing, a minute or more, as fast as it goes and again and again. */
class GateCostTest {
    private static final String FILM = System.getProperty("affray.gate.film", "");
    private static final int ROUNDS = 4;

    private double closedSeconds;
    private long closedCpu;

    @Test
    void aQuietCameraCostsLittleMoreThanReadingIt() throws Exception {
        assumeFalse(FILM.isEmpty(), "no film; set -Daffray.gate.film");
        Ffmpeg.load();
        Captures captures = new Captures();
        FrameDoor door = new FrameDoor((_, _, _) -> captures.ledger.spooled(), captures.ledger);
        CaptureClock clock = new CaptureClock(Clock.systemUTC(), System::nanoTime);
        Timeline line = new Timeline();
        try (Interrupt interrupt = new Interrupt();
                FrameTaker taker = new FrameTaker(
                        "test",
                        Captures.config(2),
                        ScoreModel.shipped(),
                        door,
                        new Snapshots(),
                        new CameraMeter(),
                        clock)) {
            for (int round = 0; round < ROUNDS; round++) {
                play(taker, interrupt, line, round == 0);
            }
        }
        System.out.printf(
                "gate closed: %.4f CPU seconds a camera second, over %.0f s; skipped %s%n",
                closedCpu / 1e9 / closedSeconds,
                closedSeconds,
                captures.ledger.counts().gated());
        assertThat(closedSeconds).as("closed at all").isPositive();
    }

    private void play(FrameTaker taker, Interrupt interrupt, Timeline line, boolean first) throws Exception {
        line.restart();
        try (VideoInput input = VideoInput.open(new LocalFile(Path.of(FILM), false), interrupt, 10_000_000_000L)) {
            if (first) {
                taker.begin(1 / input.rate());
            }
            try (GatedDecoding decoding = new GatedDecoding("test", input, taker, interrupt, _ -> {})) {
                double before = Double.NaN;
                long cpu = cpu();
                while (input.next() != VideoInput.Packet.END) {
                    double at = line.place(input.packetSeconds(), 1 / input.rate());
                    boolean open = taker.gate().isOpen();
                    decoding.take(at, System.nanoTime());
                    long now = cpu();
                    if (!open && !taker.gate().isOpen() && at > before) {
                        closedSeconds += at - before;
                        closedCpu += now - cpu;
                    }
                    before = at;
                    cpu = now;
                }
            }
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
