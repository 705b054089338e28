package dev.affray.agent.capture;

import dev.affray.agent.capture.Access.Certificate;
import dev.affray.agent.capture.Access.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remembers what is learned of a camera on the way to its video, even where nothing comes of it. Never a login. Thread-safe. */
final class Encounter {
    private static final int LONGEST = 200;

    private List<String> logins = List.of();
    private @Nullable Certificate certificate;
    private @Nullable String transport;
    private @Nullable String contentType;
    private @Nullable Boolean audio;

    /** @param headers every {@code WWW-Authenticate} of an answer that asks for a login */
    synchronized void challenged(List<String> headers) {
        List<String> offers = new ArrayList<>();
        for (String header : headers) {
            Challenge.parse(header).forEach(challenge -> offers.add(shown(describe(challenge))));
        }
        logins = List.copyOf(offers);
    }

    synchronized void showed(String sha256, Trust trust) {
        certificate = new Certificate(sha256, trust);
    }

    /** @param sdp the answer to DESCRIBE */
    synchronized void described(String sdp) {
        audio = sdp.lines().anyMatch(line -> line.startsWith("m=audio"));
    }

    /** @param header {@code Transport} of an answer to SETUP */
    synchronized void setUp(String header) {
        transport = header.toUpperCase(Locale.ROOT).contains("/TCP") ? "TCP" : "UDP";
    }

    /** @param type of the first answer, as the header has it */
    synchronized void sent(String type) {
        contentType = contentType == null ? shown(type) : contentType;
    }

    synchronized Access access() {
        return new Access(logins, certificate, transport, contentType, audio);
    }

    /** What a camera says may be anything: nothing of it steers a terminal, or fills it. */
    private static String shown(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...";
    }

    private static String describe(Challenge challenge) {
        StringBuilder text =
                new StringBuilder(challenge.scheme().substring(0, 1).toUpperCase(Locale.ROOT));
        text.append(challenge.scheme().substring(1));
        if (!challenge.parameter("realm").isEmpty()) {
            text.append(", realm \"").append(challenge.parameter("realm")).append('"');
        }
        if (challenge.scheme().equals("digest")) {
            String algorithm = challenge.parameter("algorithm");
            text.append(", ").append(algorithm.isEmpty() ? "MD5" : algorithm);
        }
        return text.toString();
    }
}
