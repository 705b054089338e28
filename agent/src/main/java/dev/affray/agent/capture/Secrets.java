package dev.affray.agent.capture;

import dev.affray.agent.capture.CaptureSource.Stream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Keeps credentials out of texts that FFmpeg writes. Thread-safe. */
final class Secrets {
    private static final Pattern USER_INFORMATION = Pattern.compile("://[^/@\\s]+@");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)(authorization: *\\w+ ).*");
    private static final String HIDDEN = "***";
    private static final List<String> KNOWN = new CopyOnWriteArrayList<>();

    private Secrets() {}

    /** From now on no text shows the stream's password or query, in any of the forms they travel in, until the same stream is forgotten. */
    static void know(Stream stream) {
        KNOWN.addAll(forms(stream));
        KNOWN.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** The inverse of one {@link #know}. */
    static void forget(Stream stream) {
        forms(stream).forEach(KNOWN::remove);
    }

    static String hide(String text) {
        String safe = USER_INFORMATION.matcher(text).replaceAll("://" + HIDDEN + "@");
        safe = AUTHORIZATION.matcher(safe).replaceAll("$1" + HIDDEN);
        for (String secret : KNOWN) {
            safe = safe.replace(secret, HIDDEN);
        }
        return safe;
    }

    /** Percent-encoded, every character that is not unreserved. */
    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static List<String> forms(Stream stream) {
        List<String> forms = new ArrayList<>();
        stream.login().ifPresent(login -> {
            String pair = login.user() + ":" + login.password();
            forms.add(login.password());
            forms.add(escaped(login.password()));
            forms.add(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        });
        if (stream.url().getRawQuery() != null) {
            forms.add(stream.url().getRawQuery());
        }
        return forms.stream().filter(form -> !form.isEmpty()).distinct().toList();
    }
}
