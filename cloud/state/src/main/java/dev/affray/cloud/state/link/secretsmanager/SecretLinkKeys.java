package dev.affray.cloud.state.link.secretsmanager;

import dev.affray.cloud.state.link.KeyRing;
import dev.affray.cloud.state.link.LinkKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The keys of links in a secret of Secrets Manager, as {@link KeyRing#parse} reads them. Read when first asked for, never before a snapshot of the function is
 * taken; again after an hour, and where a link is signed by none of them, at most once a minute. What was read stays in use while the secret is out of reach.
 */
public final class SecretLinkKeys implements LinkKeys {
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration CALL = Duration.ofSeconds(6);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    private final SecretsManagerClient client;
    private final String secret;
    private final Clock clock;
    private @Nullable KeyRing ring;
    private Instant triedAt = Instant.EPOCH;
    private Instant readAt = Instant.EPOCH;

    /** @param secret the secret's ARN */
    public SecretLinkKeys(SecretsManagerClient client, String secret, Clock clock) {
        this.client = client;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * A client with region, credentials and endpoint from the environment.
     *
     * @param http stays the caller's
     */
    public static SecretsManagerClient client(SdkHttpClient http) {
        return SecretsManagerClient.builder()
                .httpClient(http)
                .overrideConfiguration(o -> o.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT))
                .build();
    }

    /** @throws IllegalStateException when they cannot be read now, and never were */
    @Override
    public synchronized KeyRing keys() {
        return ring(GOOD_FOR);
    }

    @Override
    public synchronized KeyRing latest() {
        return ring(REST);
    }

    private KeyRing ring(Duration goodFor) {
        Instant now = clock.instant();
        KeyRing known = ring;
        if (known != null && (isWithin(goodFor, readAt, now) || isWithin(REST, triedAt, now))) {
            return known;
        }
        triedAt = now;
        try {
            KeyRing read =
                    KeyRing.parse(client.getSecretValue(r -> r.secretId(secret)).secretString());
            ring = read;
            readAt = now;
            return read;
        } catch (SdkException | IllegalArgumentException e) {
            if (known != null) {
                return known;
            }
            throw new IllegalStateException(
                    "the keys of links cannot be read from " + secret + ": " + e.getMessage(), e);
        }
    }

    /** A time in the future means that the clock was set back. */
    private static boolean isWithin(Duration span, Instant at, Instant now) {
        Duration since = Duration.between(at, now);
        return !since.isNegative() && since.compareTo(span) < 0;
    }
}
