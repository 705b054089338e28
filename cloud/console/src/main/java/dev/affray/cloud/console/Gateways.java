package dev.affray.cloud.console;

import dev.affray.cloud.state.GatewayRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Judges whether a gateway is there. */
final class Gateways {
    /** Three reports missed, and their jitter. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(100);

    private Gateways() {}

    static GatewayView view(GatewayRecord gateway, Instant now) {
        Long age = reportAgeSeconds(gateway, now);
        String detail = trouble(gateway, age);
        Instant since = gateway.presenceAt();
        return new GatewayView(
                gateway.thing(),
                detail == null,
                detail,
                since == null ? null : Moment.of(since, ZoneOffset.UTC),
                age,
                gateway.health());
    }

    private static @Nullable String trouble(GatewayRecord gateway, @Nullable Long reportAgeSeconds) {
        if (!gateway.online()) {
            return "gateway " + gateway.thing()
                    + (gateway.last()
                            ? " was stopped"
                            : gateway.presenceAt() == null ? " has never connected" : " is offline");
        }
        if (reportAgeSeconds != null && reportAgeSeconds > SILENT_AFTER.toSeconds()) {
            return "gateway " + gateway.thing() + " is connected but has been silent for " + reportAgeSeconds + " s";
        }
        return null;
    }

    /** By the cloud's clock: the gateway's own error, where it knows it, is taken out. */
    private static @Nullable Long reportAgeSeconds(GatewayRecord gateway, Instant now) {
        Instant sentAt = gateway.healthAt();
        if (sentAt == null) {
            return null;
        }
        Long skew = gateway.health() == null ? null : gateway.health().clockSkewMillis();
        return Math.max(
                0,
                Duration.between(sentAt.minusMillis(skew == null ? 0 : skew), now)
                        .toSeconds());
    }
}
