package dev.affray.cloud.state;

import dev.affray.health.GatewayHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud knows of a gateway.
 *
 * @param thing which
 * @param online the presence that it, or the broker in its place, published last
 * @param presenceAt when the cloud learned that, by the cloud's clock
 * @param health what it last said about itself; absent before the first report
 * @param healthAt when that was sent, by the gateway's clock
 * @param last whether that report was the one that an agent sends as it stops
 * @param heardAt when that report came, by the cloud's clock; absent before the first
 * @param heardSince since when reports come without a gap; absent before the first
 */
public record GatewayRecord(
        String thing,
        boolean online,
        @Nullable Instant presenceAt,
        @Nullable GatewayHealth health,
        @Nullable Instant healthAt,
        boolean last,
        @Nullable Instant heardAt,
        @Nullable Instant heardSince) {
    /** Without a report for this long a gateway is silent: three are missed, and their jitter. */
    public static final Duration SILENT_AFTER = Duration.ofSeconds(100);

    /**
     * Since when the gateway is not there, by its own last report or by its presence. A last will carries no time, and may come late, or twice, or after the
     * gateway is back; so a report that came after it proves it wrong, as does a presence that says online.
     */
    public Optional<Instant> downSince() {
        if (last && heardAt != null && !(online && presenceAt != null && presenceAt.isAfter(heardAt))) {
            return Optional.of(heardAt);
        }
        if (!online && presenceAt != null && !(heardAt != null && heardAt.isAfter(presenceAt))) {
            return Optional.of(presenceAt);
        }
        return Optional.empty();
    }
}
