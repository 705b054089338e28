package dev.affray.agent.check;

import dev.affray.agent.iot.GatewayCertificate;
import dev.affray.agent.iot.IotEndpoint;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The gateway's certificate, its key, and whom the gateway trusts. */
final class CertificateCheck {
    private static final Duration SOON = Duration.ofDays(30);
    private static final String CERTIFICATE = "certificate";
    private static final String AUTHORITY = "authority";

    private final IotEndpoint endpoint;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable SSLContext tls;

    private CertificateCheck(IotEndpoint endpoint, Instant now) {
        this.endpoint = endpoint;
        this.now = now;
    }

    static CertificateCheck of(IotEndpoint endpoint, Clock clock) {
        CertificateCheck check = new CertificateCheck(endpoint, clock.instant());
        check.run();
        return check;
    }

    private void run() {
        GatewayCertificate identity;
        try {
            identity = GatewayCertificate.load(endpoint);
            tls = GatewayCertificate.tls(endpoint);
        } catch (IOException e) {
            findings.add(Finding.fail(
                    CERTIFICATE,
                    String.valueOf(e.getMessage()),
                    "Put back the files that AWS IoT gave for this gateway, or have it enrolled again."));
            return;
        }
        X509Certificate own = identity.chain().getFirst();
        if (!identity.keyFits()) {
            tls = null;
            findings.add(Finding.fail(
                    CERTIFICATE,
                    "the key " + endpoint.privateKey() + " is not that of the certificate " + endpoint.certificate(),
                    "Name the two files that were made together in iot.certificate and iot.privateKey."));
            return;
        }
        findings.add(dates(CERTIFICATE, own, "Have this gateway enrolled again, or its certificate renewed."));
        identity.unsigned()
                .ifPresent(broken -> findings.add(Finding.warn(
                        CERTIFICATE,
                        "in " + endpoint.certificate() + " the certificate of " + broken.getSubjectX500Principal()
                                + " is not followed by that of who signed it",
                        "Put the gateway's own certificate first, then each one's signer.")));
        for (X509Certificate authority : identity.authorities()) {
            Finding finding = dates(AUTHORITY, authority, "Get the broker's present authority for iot.authority.");
            if (finding.outcome() != Outcome.OK) {
                findings.add(finding);
            }
        }
    }

    private Finding dates(String subject, X509Certificate certificate, String remedy) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        String who = certificate.getSubjectX500Principal() + ", by " + certificate.getIssuerX500Principal();
        if (now.isBefore(from)) {
            return Finding.fail(
                    subject,
                    who + ": not valid before " + from + "; this machine's clock shows " + now,
                    "Set the clock right if it is wrong. Else: " + remedy);
        }
        if (now.isAfter(until)) {
            return Finding.fail(subject, who + ": expired at " + until + "; this machine's clock shows " + now, remedy);
        }
        long days = Duration.between(now, until).toDays();
        return days < SOON.toDays()
                ? Finding.warn(subject, who + ": expires in " + days + " days, at " + until, remedy)
                : Finding.ok(subject, who + ": the key fits; good for " + days + " days, until " + until);
    }

    List<Finding> findings() {
        return findings;
    }

    /** With the certificate in it; null where it cannot be used. */
    @Nullable
    SSLContext tls() {
        return tls;
    }
}
