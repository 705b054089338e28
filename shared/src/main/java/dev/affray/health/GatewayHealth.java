package dev.affray.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's part of the health document.
 *
 * @param version the agent's
 * @param startedAt when the agent started, by the gateway's clock
 * @param spoolBytes on disk now
 * @param spoolMaxBytes its bound
 * @param diskFreeBytes usable on the spool's disk
 * @param memoryBytes resident memory of the agent; absent where the system does not tell
 * @param cpuPercent of one core, over the last interval
 * @param clockSkewMillis the gateway's clock minus the credentials endpoint's; absent before the first answer
 */
public record GatewayHealth(
        String version,
        Instant startedAt,
        long spoolBytes,
        long spoolMaxBytes,
        long diskFreeBytes,
        @Nullable Long memoryBytes,
        double cpuPercent,
        @Nullable Long clockSkewMillis) {}
