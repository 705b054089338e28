package dev.affray.cloud.state;

import dev.affray.frame.CameraId;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Incident ids: 60 bits of SHA-256 over what opened the incident, as twelve digits of Crockford's base 32. Two workers that open the same incident
 * choose the same id, and no second incident of a camera, kind and line can open at a time that the first one contains.
 */
final class IncidentId {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 12;

    private IncidentId() {}

    static String of(CameraId camera, IncidentKind kind, Line line, Instant opening) {
        return of(camera + "|" + kind + "|" + line + "|" + opening.toEpochMilli());
    }

    /** The id of whatever a text names; of another text another one. */
    static String of(String text) {
        long bits = ByteBuffer.wrap(sha256(text)).getLong();
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 1; i <= LENGTH; i++) {
            id.append(DIGITS.charAt((int) (bits >>> (Long.SIZE - 5 * i)) & 31));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
