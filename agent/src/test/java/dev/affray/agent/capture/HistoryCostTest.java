package dev.affray.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.OperatingSystemMXBean;
import dev.affray.agent.capture.CaptureSource.LocalFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What keeping video for clips costs: {@code -Daffray.gate.film=FILE} reads a film as fast as it goes, again and again. */
class HistoryCostTest {
    private static final String FILM = System.getProperty("affray.gate.film", "");
    private static final int ROUNDS = 20;

    private long packets;

    @Test
    void keepingCostsNearlyNothing_besideReading() throws Exception {
        assumeFalse(FILM.isEmpty(), "no film; set -Daffray.gate.film");
        Ffmpeg.load();
        try (PacketHistory history = new PacketHistory("test", ClipBounds.DEFAULT, Clock.systemUTC());
                PacketHistory off = new PacketHistory("test", ClipBounds.OFF, Clock.systemUTC())) {
            read(history);
            read(off);
            packets = 0;
            double with = 0;
            double without = 0;
            for (int round = 0; round < ROUNDS; round++) {
                with += read(history);
                without += read(off);
            }
            long began = System.nanoTime();
            int copied;
            try (Excerpt excerpt = history.excerpt(Instant.EPOCH, Instant.MAX)) {
                copied = excerpt.packets().size();
            }
            System.out.printf(
                    "of %d packets, microseconds of processor time each: read %.2f, read and kept %.2f; %.1f MB kept; %d of them copied in %.0f microseconds%n",
                    packets / 2,
                    without / packets * 2 / 1000,
                    with / packets * 2 / 1000,
                    history.bytes() / 1e6,
                    copied,
                    (System.nanoTime() - began) / 1000.0);
            assertThat(copied).isPositive();
        }
    }

    /** In nanoseconds of processor time. */
    private long read(PacketHistory history) throws Exception {
        try (Interrupt interrupt = new Interrupt();
                VideoInput input = VideoInput.open(new LocalFile(Path.of(FILM), false), interrupt, 10_000_000_000L)) {
            PacketHistory.Recording recording = history.begin(interrupt);
            long at = System.nanoTime();
            long began = cpu();
            while (input.next() != VideoInput.Packet.END) {
                at += 40_000_000;
                recording.add(input, at);
                packets++;
            }
            return cpu() - began;
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
