package dev.affray.cloud.state.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of links. The first signs; all verify, so that links of an earlier key are good until they expire. A key's id is derived from the key, so there is
 * nothing to keep beside it; two keys may have the same. Immutable.
 */
public final class KeyRing {
    /** What separates this use of a key, and this form of a link, from any other. */
    private static final String DOMAIN = "affray-link-1";

    private static final int MAC_BYTES = 16;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32,128}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final List<Key> keys;

    private KeyRing(List<Key> keys) {
        this.keys = keys;
    }

    private record Key(SecretKeySpec secret, char id) {
        static Key of(String text) {
            SecretKeySpec secret = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
            return new Key(secret, Base32.digit(mac(secret, DOMAIN + " key")[0] & 31));
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * The keys of a text: secrets of 32 to 128 letters, digits, {@code _} and {@code -} with white space between them, the one that signs first.
     *
     * @throws IllegalArgumentException when it is no such thing, without saying what it is
     */
    public static KeyRing parse(String text) {
        List<String> secrets = Arrays.stream(SPACE.split(text.strip()))
                .filter(secret -> !secret.isEmpty())
                .toList();
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("there is no key");
        }
        for (int i = 0; i < secrets.size(); i++) {
            if (!SECRET.matcher(secrets.get(i)).matches()) {
                throw new IllegalArgumentException("key " + (i + 1) + " of " + secrets.size()
                        + " is not 32 to 128 letters, digits, _ and - (it is not shown here)");
            }
        }
        if (new HashSet<>(secrets).size() < secrets.size()) {
            throw new IllegalArgumentException("one of the " + secrets.size() + " keys is there twice");
        }
        return new KeyRing(secrets.stream().map(Key::of).toList());
    }

    /** The id of the key that signs. */
    char newest() {
        return keys.getFirst().id;
    }

    /** The MACs of a text by every key of this id, the newest first. */
    List<String> macs(char id, String text) {
        return keys.stream()
                .filter(key -> key.id == id)
                .map(key -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Arrays.copyOf(mac(key.secret, DOMAIN + " " + text), MAC_BYTES)))
                .toList();
    }

    @Override
    public String toString() {
        return "KeyRing" + keys;
    }

    private static byte[] mac(SecretKeySpec secret, String text) {
        try {
            Mac mac = Mac.getInstance(secret.getAlgorithm());
            mac.init(secret);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + secret.getAlgorithm(), e);
        }
    }
}
