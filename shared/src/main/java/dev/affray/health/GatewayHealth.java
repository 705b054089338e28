package dev.affray.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's part of the health document.
 *
 * @param version the agent's
 * @param startedAt when the agent started, by the gateway's clock
 * @param spoolBytes on disk now, in whole blocks of the file system, with what is being written and what is kept aside
 * @param spoolMaxBytes its bound
 * @param diskFreeBytes usable on the spool's disk
 * @param memoryBytes resident memory of the agent; absent where the system does not tell
 * @param cpuPercent of one core, over at least the last half minute
 * @param clockSkewMillis the gateway's clock minus that of S3, or of the credentials endpoint before S3 has answered; absent before either has
 * @param spool how the spool fares; absent from agents that do not tell
 * @param clipBytes compressed video that all cameras together keep in memory for clips; absent from agents that do not tell
 * @param certificate the one in force; absent where it cannot be read, and from agents that do not tell
 */
public record GatewayHealth(
        String version,
        Instant startedAt,
        long spoolBytes,
        long spoolMaxBytes,
        long diskFreeBytes,
        @Nullable Long memoryBytes,
        double cpuPercent,
        @Nullable Long clockSkewMillis,
        @Nullable SpoolHealth spool,
        @Nullable Long clipBytes,
        @Nullable CertificateHealth certificate) {
    /** Of an agent that tells neither how its spool fares, nor what it keeps for clips, nor of its certificate. */
    public GatewayHealth(
            String version,
            Instant startedAt,
            long spoolBytes,
            long spoolMaxBytes,
            long diskFreeBytes,
            @Nullable Long memoryBytes,
            double cpuPercent,
            @Nullable Long clockSkewMillis) {
        this(
                version,
                startedAt,
                spoolBytes,
                spoolMaxBytes,
                diskFreeBytes,
                memoryBytes,
                cpuPercent,
                clockSkewMillis,
                null,
                null,
                null);
    }
}
