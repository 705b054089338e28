package dev.affray.health;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The certificate by which a gateway is known, which it renews by itself.
 *
 * @param endsAt until when it is valid
 * @param renewalTriedAt when the agent last tried to renew it, by the gateway's clock; absent before the first time since it started
 * @param renewalProblem why that failed, in one line; absent where it worked
 */
public record CertificateHealth(
        Instant endsAt,
        @Nullable Instant renewalTriedAt,
        @Nullable String renewalProblem) {
    public CertificateHealth {
        Objects.requireNonNull(endsAt, "endsAt");
    }
}
