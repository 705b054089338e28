package dev.affray.cloud.state;

import dev.affray.health.GatewayHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud knows of a gateway.
 *
 * @param thing which
 * @param online its presence
 * @param presenceAt when the cloud learned that, by the cloud's clock
 * @param health what it last said about itself; absent before the first report
 * @param healthAt when that was sent, by the gateway's clock
 * @param last whether that report was the one that an agent sends as it stops
 */
public record GatewayRecord(
        String thing,
        boolean online,
        @Nullable Instant presenceAt,
        @Nullable GatewayHealth health,
        @Nullable Instant healthAt,
        boolean last) {}
