package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a camera's challenges with its login: Digest as RFC 7616 has it, SHA-256 before MD5, with {@code qop=auth} or none, and Basic where nothing better
 * is offered. HTTP and RTSP do it alike. Thread-safe.
 */
final class SignIn {
    private static final HexFormat HEX = HexFormat.of();

    private final Login login;
    private @Nullable Challenge challenge;
    private final Supplier<String> nonces;
    private int uses;

    SignIn(Login login) {
        this(login, Sockets::token);
    }

    /** @param nonces this side's own nonces, each new */
    SignIn(Login login, Supplier<String> nonces) {
        this.login = login;
        this.nonces = nonces;
    }

    /**
     * Takes the challenges of a 401.
     *
     * @param headers every {@code WWW-Authenticate}
     * @param attempts how often this request was answered after a 401 already
     * @return whether to answer: not once more what was refused, unless only because its nonce was too old
     */
    synchronized boolean challenged(List<String> headers, int attempts) {
        Optional<Challenge> best = headers.stream()
                .flatMap(header -> Challenge.parse(header).stream())
                .filter(offer -> strength(offer) > 0)
                .max(Comparator.comparingInt(SignIn::strength));
        challenge = best.orElse(null);
        uses = 0;
        return best.isPresent()
                && (attempts == 0
                        || (attempts == 1 && best.get().parameter("stale").equalsIgnoreCase("true")));
    }

    /** The value of {@code Authorization} for a request; empty before there was a challenge. */
    synchronized Optional<String> authorization(String method, String uri) {
        Challenge asked = challenge;
        if (asked == null) {
            return Optional.empty();
        }
        return Optional.of(asked.scheme().equals("basic") ? basic() : digest(asked, method, uri));
    }

    private static int strength(Challenge offer) {
        if (offer.scheme().equals("basic")) {
            return 1;
        }
        List<String> qop = Arrays.asList(offer.parameter("qop").split("[\\s,]+"));
        boolean known = offer.scheme().equals("digest") && (qop.contains("auth") || qop.equals(List.of("")));
        return switch (offer.parameter("algorithm").toUpperCase(Locale.ROOT)) {
            case "SHA-256" -> known ? 3 : 0;
            case "", "MD5" -> known ? 2 : 0;
            default -> 0;
        };
    }

    private String basic() {
        String pair = login.user() + ":" + login.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String digest(Challenge asked, String method, String uri) {
        String algorithm = asked.parameter("algorithm");
        String realm = asked.parameter("realm");
        String nonce = asked.parameter("nonce");
        String who = hash(algorithm, login.user() + ":" + realm + ":" + login.password());
        String what = hash(algorithm, method + ":" + uri);
        StringBuilder answer = new StringBuilder("Digest username=").append(quoted(login.user()));
        answer.append(", realm=").append(quoted(realm)).append(", nonce=").append(quoted(nonce));
        answer.append(", uri=").append(quoted(uri));
        if (asked.parameter("qop").isEmpty()) {
            answer.append(", response=").append(quoted(hash(algorithm, who + ":" + nonce + ":" + what)));
        } else {
            uses++;
            String count = HEX.toHexDigits(uses);
            String own = nonces.get();
            String response = hash(algorithm, String.join(":", who, nonce, count, own, "auth", what));
            answer.append(", qop=auth, nc=").append(count).append(", cnonce=").append(quoted(own));
            answer.append(", response=").append(quoted(response));
        }
        if (!algorithm.isEmpty()) {
            answer.append(", algorithm=").append(algorithm);
        }
        if (asked.parameters().containsKey("opaque")) {
            answer.append(", opaque=").append(quoted(asked.parameter("opaque")));
        }
        return answer.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.isEmpty() ? "MD5" : algorithm);
            return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
