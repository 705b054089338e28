package dev.affray.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.health.Ledgers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Measures what each policy costs on the disk of the folder in -DfsyncCost=FOLDER. */
@EnabledIfSystemProperty(named = "fsyncCost", matches = ".+")
class FsyncCostTest {
    private static final int FRAMES = 600;
    private static final int A_ROUND = 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void measure(Fsync fsync) throws Exception {
        Path data = Path.of(System.getProperty("fsyncCost")).resolve(folder.getFileName());
        BootClock clock = BootClock.system(Clock.systemUTC());
        SpoolBounds bounds = new SpoolBounds(1L << 30, Duration.ofHours(1), 0);
        DiskSpool spool = DiskSpool.open(data, "gateway-1", bounds, fsync, new Ledgers(), clock);
        byte[] jpeg = new byte[60_000];
        new Random(1).nextBytes(jpeg);
        long[] adding = new long[FRAMES];
        long flushing = 0;
        for (int i = 0; i < FRAMES; i++) {
            long began = System.nanoTime();
            spool.add("yard", Instant.now(), OptionalInt.empty(), jpeg);
            adding[i] = System.nanoTime() - began;
            if (i % A_ROUND == A_ROUND - 1) {
                long flushed = System.nanoTime();
                spool.flush();
                flushing += System.nanoTime() - flushed;
            }
        }
        Arrays.sort(adding);
        System.out.printf(
                "fsync %s: adding a frame of 60 kB takes %.2f ms (median), %.2f ms (99 of 100); forcing it later %.2f ms%n",
                fsync, adding[FRAMES / 2] / 1e6, adding[FRAMES * 99 / 100] / 1e6, flushing / 1e6 / FRAMES);
        for (var lease = spool.take(Duration.ZERO, _ -> Duration.ZERO);
                lease.isPresent();
                lease = spool.take(Duration.ZERO, _ -> Duration.ZERO)) {
            spool.done(lease.get());
        }
        assertThat(spool.isEmpty()).isTrue();
    }
}
