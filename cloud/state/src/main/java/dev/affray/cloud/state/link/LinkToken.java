package dev.affray.cloud.state.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Makes and verifies what makes a link a link: an incident's id and when the link expires, under a MAC of 128 bits. There is one spelling of a token: the MAC
 * covers the rest as it is written, and is itself compared as text. Thread-safe.
 */
public final class LinkToken {
    private static final int EXPIRY = 4;
    private static final int MAC = 22;
    private static final int TAIL = 1 + EXPIRY + MAC;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{28,90}");

    private final LinkKeys keys;

    public LinkToken(LinkKeys keys) {
        this.keys = keys;
    }

    /** What a token is worth. */
    public sealed interface Verdict {
        /** It was made here and holds. */
        record Valid(String incident, Instant expires) implements Verdict {}

        /** It was made here, and its time is up. */
        record Expired() implements Verdict {}

        /** It was not made here, or altered, or its key is gone. */
        record Refused() implements Verdict {}
    }

    /**
     * Makes a token.
     *
     * @param incident an incident's id
     * @param expires rounded up to a full hour, so that what is sent twice within the hour has the same link
     */
    public String sign(String incident, Instant expires) {
        KeyRing ring = keys.keys();
        String signed = incident + ring.newest() + Base32.of(Math.ceilDiv(expires.toEpochMilli(), HOUR), EXPIRY);
        String token = signed + ring.macs(ring.newest(), signed).getFirst();
        if (!FORM.matcher(token).matches()) {
            throw new IllegalArgumentException("'" + incident + "' is no id of an incident");
        }
        return token;
    }

    /** Verifies a token, whatever text it is. Its MAC is looked at first, and takes the same time whatever differs. */
    public Verdict verify(String token, Instant now) {
        if (!FORM.matcher(token).matches()) {
            return new Verdict.Refused();
        }
        int mac = token.length() - MAC;
        String signed = token.substring(0, mac);
        if (!isSigned(signed, token.substring(mac))) {
            return new Verdict.Refused();
        }
        Instant expires = Instant.ofEpochMilli(Base32.parse(signed.substring(mac - EXPIRY)) * HOUR);
        return now.isBefore(expires)
                ? new Verdict.Valid(token.substring(0, token.length() - TAIL), expires)
                : new Verdict.Expired();
    }

    private boolean isSigned(String signed, String mac) {
        KeyRing known = keys.keys();
        if (isSigned(known, signed, mac)) {
            return true;
        }
        KeyRing latest = keys.latest();
        return latest != known && isSigned(latest, signed, mac);
    }

    private static boolean isSigned(KeyRing ring, String signed, String mac) {
        char id = signed.charAt(signed.length() - EXPIRY - 1);
        byte[] shown = mac.getBytes(StandardCharsets.US_ASCII);
        boolean same = false;
        for (String ours : ring.macs(id, signed)) {
            same |= MessageDigest.isEqual(ours.getBytes(StandardCharsets.US_ASCII), shown);
        }
        return same;
    }
}
