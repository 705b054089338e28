package dev.affray.cloud.local.store;

import dev.affray.frame.CameraId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The temporary credentials that gateways exchange their certificates for. Nothing is remembered: an access key id says itself for which thing and
 * until when it is good, and its secret follows from it by the master key. So the keys of connected gateways stay good across a restart, and an
 * invented access key id is worth nothing without its secret. Thread-safe.
 */
public final class GatewayKeys {
    private static final String PREFIX = "ASIA";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RADIX = 32;
    private static final int NONCE_BYTES = 5;
    private static final int LEAST_MASTER_BYTES = 16;

    private final SecretKeySpec master;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param master random bytes that only the local edition knows, the same at every start
     * @throws IllegalArgumentException when it is shorter than 16 bytes
     */
    public GatewayKeys(byte[] master, Clock clock) {
        if (master.length < LEAST_MASTER_BYTES) {
            throw new IllegalArgumentException("the master key has " + master.length + " bytes, fewer than 16");
        }
        this.master = new SecretKeySpec(master, ALGORITHM);
        this.clock = clock;
    }

    /**
     * Temporary credentials in the shape AWS gives them.
     *
     * @param accessKeyId begins with ASIA, as temporary ones do
     * @param secretAccessKey signs the requests
     * @param sessionToken sent along by every AWS client. S3Proxy ignores its header: what the key may do hangs on the access key id alone
     * @param expiration from when on the key is unknown, in whole seconds
     */
    public record Key(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Key[" + accessKeyId + " until " + expiration + "]";
        }
    }

    /** What a key is good for. */
    record Grant(String thing, String secret) {}

    /**
     * A new key for one gateway.
     *
     * @throws IllegalArgumentException when the thing is no thing name or the lifetime is not positive
     */
    public Key mint(String thing, Duration lifetime) {
        if (!CameraId.isName(thing)) {
            throw new IllegalArgumentException("thing '" + thing + "' is not " + CameraId.NAME_RULE);
        }
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("lifetime " + lifetime + " is not positive");
        }
        long until = clock.instant().plus(lifetime).getEpochSecond();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] name = thing.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer content = ByteBuffer.allocate(1 + Long.BYTES + NONCE_BYTES + name.length);
        content.put((byte) 1).putLong(until).put(nonce).put(name);
        String id = PREFIX + new BigInteger(1, content.array()).toString(RADIX).toUpperCase(Locale.ROOT);
        return new Key(id, sign("secret " + id), sign("token " + id), Instant.ofEpochSecond(until));
    }

    /** What an access key id is good for now; empty when it has expired or cannot have been minted here. */
    Optional<Grant> find(String accessKeyId) {
        ByteBuffer content;
        try {
            String digits = accessKeyId.startsWith(PREFIX) ? accessKeyId.substring(PREFIX.length()) : "";
            content = ByteBuffer.wrap(new BigInteger(digits, RADIX).toByteArray());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        if (content.remaining() <= 1 + Long.BYTES + NONCE_BYTES || content.get() != 1) {
            return Optional.empty();
        }
        boolean expired = clock.instant().getEpochSecond() >= content.getLong();
        byte[] name = new byte[content.remaining() - NONCE_BYTES];
        content.position(content.position() + NONCE_BYTES).get(name);
        String thing = new String(name, StandardCharsets.US_ASCII);
        return expired || !CameraId.isName(thing)
                ? Optional.empty()
                : Optional.of(new Grant(thing, sign("secret " + accessKeyId)));
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(master);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is in every JDK", e);
        }
    }
}
