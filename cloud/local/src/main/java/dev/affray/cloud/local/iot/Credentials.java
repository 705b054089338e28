package dev.affray.cloud.local.iot;

import java.time.Instant;

/**
 * Keys for the S3 of this machine, good until they expire. Their text form hides the secrets.
 *
 * @param expiration when they end
 */
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + ", until " + expiration + "]";
    }
}
