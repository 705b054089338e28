package dev.affray.agent.identity;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate is to be renewed.
 *
 * @param beforeExpiry so long before its end, or at two thirds of its life where that is later
 * @param maxAge and in any case so long after its beginning: AWS IoT's own certificates last until 2049
 * @param template the provisioning template by which a renewed certificate is registered
 */
public record RenewalRules(Duration beforeExpiry, Duration maxAge, String template) {
    /** As the stack has it. */
    public static final RenewalRules DEFAULT =
            new RenewalRules(Duration.ofDays(30), Duration.ofDays(365), "affray-gateway-renewal");

    /** From when on this one is to be renewed. */
    public Instant due(X509Certificate certificate) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        Instant near = ends.minus(beforeExpiry);
        Instant late = ends.minus(Duration.between(begins, ends).dividedBy(3));
        Instant byExpiry = near.isAfter(late) ? near : late;
        Instant byAge = begins.plus(maxAge);
        return byAge.isBefore(byExpiry) ? byAge : byExpiry;
    }
}
