package dev.affray.agent.health;

import dev.affray.health.GatewayHealth;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gateway's own condition: process, disk, spool, clock. One thread asks. */
public final class GatewayFigures {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final String version;
    private final Instant startedAt;
    private final Path data;
    private final long spoolMaxBytes;
    private final LongSupplier spoolBytes;
    private final Supplier<SpoolHealth> spool;
    private final LongSupplier clipBytes;
    private final Supplier<@Nullable Long> clockSkewMillis;
    private long askedNanos = System.nanoTime();
    private Duration usedCpu = cpu();

    /**
     * @param data a folder on the spool's disk
     * @param clockSkewMillis gives null before it is known
     */
    public GatewayFigures(
            String version,
            Instant startedAt,
            Path data,
            long spoolMaxBytes,
            LongSupplier spoolBytes,
            Supplier<SpoolHealth> spool,
            LongSupplier clipBytes,
            Supplier<@Nullable Long> clockSkewMillis) {
        this.version = version;
        this.startedAt = startedAt;
        this.data = data;
        this.spoolMaxBytes = spoolMaxBytes;
        this.spoolBytes = spoolBytes;
        this.spool = spool;
        this.clipBytes = clipBytes;
        this.clockSkewMillis = clockSkewMillis;
    }

    /** The figures now; the processor's share is since the last call. */
    public GatewayHealth now() {
        return new GatewayHealth(
                version,
                startedAt,
                spoolBytes.getAsLong(),
                spoolMaxBytes,
                diskFree(),
                residentBytes(),
                cpuPercent(),
                clockSkewMillis.get(),
                spool.get(),
                clipBytes.getAsLong());
    }

    /** How the spool fares, in one word. */
    SpoolState spoolState() {
        return spool.get().state();
    }

    private double cpuPercent() {
        long now = System.nanoTime();
        Duration used = cpu();
        long elapsed = Math.max(1, now - askedNanos);
        double percent = 100.0 * used.minus(usedCpu).toNanos() / elapsed;
        askedNanos = now;
        usedCpu = used;
        return Math.round(percent * 10) / 10.0;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private long diskFree() {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Where there is no /proc, nothing. */
    private static @Nullable Long residentBytes() {
        if (!Files.isReadable(STATUS)) {
            return null;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return null;
        }
        return null;
    }
}
