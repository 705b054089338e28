package dev.affray.cloud.alerting.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What requests are signed with, so that the receiver can tell them from others: the symmetric scheme of Standard Webhooks. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final String RULE = "is not " + PREFIX + " and the base64 of " + SHORTEST + " to " + LONGEST
            + " bytes; one is made by: echo " + PREFIX + "$(openssl rand -base64 32)";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** @throws IllegalArgumentException when the text is none, saying what one is, without the text */
    public static WebhookSecret of(String text) {
        byte[] key = new byte[0];
        if (text.startsWith(PREFIX)) {
            try {
                key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                // Its message holds a part of the secret.
            }
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException(RULE);
        }
        return new WebhookSecret(key);
    }

    /** The value of {@code webhook-signature}: over id, time and body, each apart by a dot. */
    String sign(String id, long epochSecond, String body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] signed = mac.doFinal((id + "." + epochSecond + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC with SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
