package dev.affray.agent.health;

import dev.affray.health.CertificateHealth;
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

/** The gateway's own condition: process, disk, spool, clock, certificate. Thread-safe. */
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
    private final Supplier<@Nullable CertificateHealth> certificate;
    private final ProcessorShare processor = new ProcessorShare();

    /**
     * @param data a folder on the spool's disk
     * @param clockSkewMillis gives null before it is known
     * @param certificate gives null where it cannot be read
     */
    public GatewayFigures(
            String version,
            Instant startedAt,
            Path data,
            long spoolMaxBytes,
            LongSupplier spoolBytes,
            Supplier<SpoolHealth> spool,
            LongSupplier clipBytes,
            Supplier<@Nullable Long> clockSkewMillis,
            Supplier<@Nullable CertificateHealth> certificate) {
        this.version = version;
        this.startedAt = startedAt;
        this.data = data;
        this.spoolMaxBytes = spoolMaxBytes;
        this.spoolBytes = spoolBytes;
        this.spool = spool;
        this.clipBytes = clipBytes;
        this.clockSkewMillis = clockSkewMillis;
        this.certificate = certificate;
    }

    /** The figures now. */
    public GatewayHealth now() {
        return new GatewayHealth(
                version,
                startedAt,
                spoolBytes.getAsLong(),
                spoolMaxBytes,
                diskFree(),
                residentBytes(),
                processor.percent(),
                clockSkewMillis.get(),
                spool.get(),
                clipBytes.getAsLong(),
                certificate.get());
    }

    /** How the spool fares, in one word. */
    SpoolState spoolState() {
        return spool.get().state();
    }

    /** The processor time that this process has used so far, in all; nothing where the system does not tell. */
    public static Duration processorTime() {
        return ProcessorShare.usedSoFar();
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
