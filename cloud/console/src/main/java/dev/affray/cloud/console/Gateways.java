package dev.affray.cloud.console;

import dev.affray.cloud.state.GatewayRecord;
import dev.affray.health.CertificateHealth;
import dev.affray.health.GatewayHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Judges whether a gateway is there. */
final class Gateways {
    static final Duration CERTIFICATE_WARNED_BEFORE = Duration.ofDays(14);

    private Gateways() {}

    static GatewayView view(GatewayRecord gateway, Instant now) {
        Long age = reportAgeSeconds(gateway, now);
        String detail = trouble(gateway, age);
        Instant since = gateway.presenceAt();
        return new GatewayView(
                gateway.thing(),
                detail == null,
                detail,
                warning(gateway.health(), now),
                since == null ? null : Moment.of(since, ZoneOffset.UTC),
                age,
                gateway.health());
    }

    private static @Nullable String trouble(GatewayRecord gateway, @Nullable Long reportAgeSeconds) {
        boolean neverCame = gateway.presenceAt() == null && gateway.heardAt() == null;
        if (neverCame || gateway.downSince().isPresent()) {
            return "gateway " + gateway.thing()
                    + (gateway.last()
                            ? " was stopped"
                            : gateway.presenceAt() == null ? " has never connected" : " is offline");
        }
        if (reportAgeSeconds != null && reportAgeSeconds > GatewayRecord.SILENT_AFTER.toSeconds()) {
            return "gateway " + gateway.thing() + " is connected but has been silent for " + reportAgeSeconds + " s";
        }
        return null;
    }

    /** The gateway renews its certificate by itself a month before it ends; so one that ends soon needs somebody. */
    private static @Nullable String warning(@Nullable GatewayHealth health, Instant now) {
        CertificateHealth certificate = health == null ? null : health.certificate();
        if (certificate == null || !certificate.endsAt().isBefore(now.plus(CERTIFICATE_WARNED_BEFORE))) {
            return null;
        }
        Duration left = Duration.between(now, certificate.endsAt());
        String problem = certificate.renewalProblem();
        return (left.isNegative() ? "its certificate has ended" : "its certificate ends in " + days(left))
                + (problem == null ? "" : "; renewing it failed: " + problem);
    }

    private static String days(Duration left) {
        return left.toDays() == 1 ? "1 day" : left.toDays() + " days";
    }

    private static @Nullable Long reportAgeSeconds(GatewayRecord gateway, Instant now) {
        Instant heardAt = gateway.heardAt();
        return heardAt == null
                ? null
                : Long.valueOf(Math.max(0, Duration.between(heardAt, now).toSeconds()));
    }
}
