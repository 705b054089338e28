package dev.affray.cloud.local.iot;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** An HTTP request that says by AWS's Signature Version 4, in its {@code Authorization} header, who sent it. */
final class SignedRequest {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern AUTHORIZATION = Pattern.compile(ALGORITHM
            + " Credential=([A-Za-z0-9]{1,128})/((\\d{8})/([a-z0-9-]{1,32})/([a-z0-9-]{1,32})/aws4_request),"
            + " ?SignedHeaders=([a-z0-9;-]{1,1024}), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    /** Headers that say what is asked; those that nobody signed could be anybody's. */
    private static final List<String> NEEDED = List.of("host", "x-amz-date");

    private final String method;
    private final URI uri;
    private final Function<String, @Nullable String> header;
    private final byte[] body;

    /**
     * One that came.
     *
     * @param method of HTTP
     * @param uri path and query, as they were sent
     * @param header the value of a header, null where it is absent
     * @param body all of it
     */
    SignedRequest(String method, URI uri, Function<String, @Nullable String> header, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.header = header;
        this.body = body;
    }

    /**
     * What is wrong with the signature.
     *
     * @param service as which it must be signed for
     * @return why it does not count, in AWS's words; empty when it does
     */
    Optional<String> complaint(String accessKeyId, String secretAccessKey, String service, Clock clock) {
        String authorization = header.apply("Authorization");
        String time = header.apply("X-Amz-Date");
        if (authorization == null || time == null) {
            return Optional.of("Missing Authentication Token");
        }
        Matcher parts = AUTHORIZATION.matcher(authorization);
        if (!parts.matches() || !parts.group(5).equals(service) || !time.startsWith(parts.group(3))) {
            return Optional.of("The signature is incomplete, or of another service");
        }
        if (!isNow(time, clock.instant())) {
            return Optional.of("Signature expired: " + time + " is not within 15 minutes of now");
        }
        List<String> signed = List.of(parts.group(6).split(";"));
        if (!signed.containsAll(NEEDED)) {
            return Optional.of("The headers host and x-amz-date must be signed");
        }
        byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(parts.group(3), parts.group(4), service, "aws4_request")) {
            key = hmac(key, part);
        }
        String text = String.join("\n", ALGORITHM, time, parts.group(2), hash(canonical(signed)));
        boolean right = MessageDigest.isEqual(hmac(key, text), HexFormat.of().parseHex(parts.group(7)));
        return right && parts.group(1).equals(accessKeyId)
                ? Optional.empty()
                : Optional.of("The request signature we calculated does not match the signature you provided");
    }

    private static boolean isNow(String time, Instant now) {
        try {
            return Duration.between(TIME.parse(time, Instant::from), now).abs().compareTo(TOLERANCE) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The path is encoded once more than it was sent, as for every service but S3. */
    private byte[] canonical(List<String> signed) {
        StringBuilder text = new StringBuilder(method).append('\n');
        text.append(encoded(uri.getRawPath())).append('\n');
        text.append(query()).append('\n');
        for (String name : signed) {
            String value = header.apply(name);
            text.append(name)
                    .append(':')
                    .append(value == null ? "" : value.strip().replaceAll(" +", " "))
                    .append('\n');
        }
        text.append('\n').append(String.join(";", signed)).append('\n').append(hash(body));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String query() {
        return uri.getRawQuery() == null
                ? ""
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0);
            encoded.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every JDK", e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }
}
