package dev.affray.agent.check;

import dev.affray.agent.config.AgentConfig;
import dev.affray.agent.iot.CredentialsEndpoint;
import dev.affray.agent.upload.S3Trial;
import dev.affray.agent.upload.S3Trial.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AWS credentials for the certificate, one object written and read back with them, and what both services say of the time. */
final class StorageCheck {
    private static final String CREDENTIALS = "credentials";
    private static final String PUT = "s3 put";
    private static final String GET = "s3 get";

    private final AgentConfig config;
    private final Duration patience;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Long skewMillis;

    private StorageCheck(AgentConfig config, Duration patience, Clock clock) {
        this.config = config;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Tries one after the other.
     *
     * @param noCredentials why the credentials cannot be asked for; null where they can
     * @param noS3 why S3 cannot be spoken to; null where it can
     */
    static StorageCheck of(
            AgentConfig config, @Nullable String noCredentials, @Nullable String noS3, Duration patience, Clock clock) {
        StorageCheck check = new StorageCheck(config, patience, clock);
        if (noCredentials != null) {
            check.findings.add(Finding.skip(CREDENTIALS, noCredentials));
            check.skipS3("there are no credentials, see above");
        } else {
            check.credentials(noS3);
        }
        check.findings.add(ClockCheck.of(check.skewMillis));
        return check;
    }

    private void credentials(@Nullable String noS3) {
        try (CredentialsEndpoint endpoint =
                new CredentialsEndpoint(config.credentials(), config.thing(), config.iot(), clock, patience)) {
            try {
                endpoint.require();
                long minutes = endpoint.lifeLeft().map(Duration::toMinutes).orElse(0L);
                findings.add(Finding.ok(
                        CREDENTIALS,
                        "got by role alias " + config.credentials().roleAlias() + ", good for " + minutes
                                + " min; the agent renews them"));
            } catch (IOException e) {
                findings.add(Finding.fail(CREDENTIALS, String.valueOf(e.getMessage()), remedy(e)));
                skipS3("there are no credentials, see above");
                return;
            } finally {
                skewMillis = endpoint.clockSkewMillis();
            }
            if (noS3 == null) {
                s3(endpoint);
            } else {
                skipS3(noS3);
            }
        } catch (IOException e) {
            findings.add(Finding.fail(CREDENTIALS, String.valueOf(e.getMessage()), "See the certificate above."));
            skipS3("there are no credentials, see above");
        }
    }

    private static String remedy(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("answered 403")) {
            return "The certificate must be active, belong to this thing, and its policy allow iot:AssumeRoleWithCertificate on the role alias; the role must trust credentials.iot.amazonaws.com.";
        }
        if (message.contains("answered 404")) {
            return "There is no such role alias there: see credentials.roleAlias, and whether credentials.endpoint is of the same account and region.";
        }
        if (message.contains("TLS")) {
            return "The endpoint does not take the certificate, or is not trusted: see the certificate above, and whether it is active in AWS IoT.";
        }
        return "See credentials.endpoint (aws iot describe-endpoint --endpoint-type iot:CredentialProvider).";
    }

    private void skipS3(String why) {
        findings.add(Finding.skip(PUT, why));
        findings.add(Finding.skip(GET, why));
    }

    private void s3(CredentialsEndpoint credentials) {
        try (S3Trial s3 = new S3Trial(config.s3(), credentials, config.thing(), patience, clock)) {
            Outcome put = s3.put();
            findings.add(judged(PUT, s3.key(), put));
            findings.add(
                    switch (put) {
                        case Outcome.Done() -> get(s3);
                        case Outcome.Refused _, Outcome.Unreachable _ ->
                            Finding.skip(GET, "nothing was written, see above");
                    });
            if (s3.clockSkewMillis() != null) {
                skewMillis = s3.clockSkewMillis();
            }
        }
    }

    /** A gateway writes and need not read: what AWS's policy refuses here is as it should be. */
    private Finding get(S3Trial s3) {
        Outcome got = s3.get();
        return got instanceof Outcome.Refused refused && refused.status() == 403
                ? Finding.ok(GET, "not allowed, and not needed: this gateway may write its own objects only")
                : judged(GET, s3.key(), got);
    }

    private Finding judged(String subject, String key, Outcome outcome) {
        String bucket = config.s3().name();
        return switch (outcome) {
            case Outcome.Done() -> Finding.ok(subject, key + " in " + bucket);
            case Outcome.Refused(int status, String code) ->
                Finding.fail(
                        subject,
                        ("S3 answered " + status + " " + code).strip() + " for " + bucket,
                        remedy(status, code));
            case Outcome.Unreachable(String reason) ->
                Finding.fail(subject, reason, "See s3.region and s3.endpoint, and what the firewall lets out.");
        };
    }

    private String remedy(int status, String code) {
        return switch (code) {
            case "NoSuchBucket" -> "There is no such bucket: see s3.bucket.";
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" -> "The bucket is in another region: see s3.region.";
            case "RequestTimeTooSkewed" -> "Set this machine's clock.";
            case "AccessDenied" ->
                "The role behind the role alias must allow s3:PutObject on live/, backlog/ and clips/, each followed by "
                        + config.thing() + "/.";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                "These credentials are not for this S3: see whether credentials.endpoint and s3 are of the same account.";
            default ->
                status == 301 || status == 307
                        ? "The bucket is in another region: see s3.region."
                        : "See s3.bucket and the bucket's policy.";
        };
    }

    List<Finding> findings() {
        return findings;
    }
}
