package dev.affray.cloud.local.store;

/**
 * Who may use the bucket.
 *
 * @param accessKeyId the local edition's own identity, which may do everything
 * @param secretAccessKey its secret
 * @param gateways the expiring keys of the gateways, each good for its own prefixes
 */
public record Access(String accessKeyId, String secretAccessKey, GatewayKeys gateways) {
    /** @throws IllegalArgumentException when the identity or its secret is blank */
    public Access {
        if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
            throw new IllegalArgumentException("accessKeyId and secretAccessKey must not be blank");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Access[" + accessKeyId + "]";
    }
}
