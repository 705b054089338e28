package dev.affray.agent.status;

import dev.affray.health.CameraHealth;
import dev.affray.health.FrameCounts;
import dev.affray.health.GateCounts;
import dev.affray.health.ImageCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page for people: plain HTML that asks for itself again every ten seconds. */
final class StatusPage {
    private static final String STYLE = style();

    /** What a browser may do with it: show it, with its own style. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final GatewayStatus status;
    private final Html html = new Html();

    private StatusPage(GatewayStatus status) {
        this.status = status;
    }

    static String of(GatewayStatus status) {
        return new StatusPage(status).page();
    }

    private static String style() {
        try (InputStream css = StatusPage.class.getResourceAsStream("page.css")) {
            if (css == null) {
                throw new IllegalStateException("page.css is not in this program");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("cannot take a SHA-256", e);
        }
    }

    private String page() {
        String thing = status.report().thing();
        html.markup("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .markup("<meta http-equiv=\"refresh\" content=\"10\"><title>")
                .text(thing + " · Affray")
                .markup("</title><style>" + STYLE + "</style></head><body><main><header><h1>")
                .text(thing)
                .markup("</h1><p>")
                .text("Affray agent " + status.report().gateway().version() + " · as of "
                        + Words.second(status.report().sentAt()) + " · ")
                .markup("<a href=\"/metrics\">metrics</a></p></header><dl class=\"facts\">");
        GatewayFacts.of(status).forEach(this::fact);
        html.markup("</dl>");
        cameras();
        return html.markup("</main></body></html>\n").toString();
    }

    private void fact(GatewayFacts.Fact fact) {
        html.markup("<div class=\"" + fact.tone() + "\"><dt>")
                .text(fact.name())
                .markup("</dt><dd>")
                .foreign(fact.text())
                .markup("</dd></div>");
    }

    private void cameras() {
        List<CameraHealth> cameras = status.cameras();
        html.markup("<h2>")
                .text(cameras.isEmpty() ? "No cameras yet" : "Cameras")
                .markup("</h2>");
        if (cameras.isEmpty()) {
            html.markup("<p>")
                    .text("The gateway's document names none, or has not come yet.")
                    .markup("</p>");
            return;
        }
        html.markup("<table><thead><tr><th>Camera</th><th>State</th><th>Picture</th><th>Sampled</th><th>Sent</th></tr>")
                .markup("</thead><tbody>");
        cameras.forEach(this::camera);
        html.markup("</tbody></table>");
    }

    private void camera(CameraHealth camera) {
        GatewayStatus.KnownCamera known = status.known(camera);
        html.markup("<tr><th scope=\"row\">")
                .foreign(known.name().orElse(camera.camera()))
                .markup("<small>")
                .text(camera.camera());
        known.host().ifPresent(host -> html.text(" · ").foreign(host));
        html.markup("</small></th><td class=\"" + tone(camera) + "\" data-name=\"State\"><b>")
                .text(Words.of(camera.state()))
                .markup("</b> ")
                .text("for " + Words.of(known.inState()));
        note(Optional.ofNullable(camera.detail()));
        html.markup("</td><td class=\"" + tone(camera.image()) + "\" data-name=\"Picture\">")
                .text(picture(camera));
        note(Optional.of(stream(camera)).filter(text -> !text.isEmpty()));
        FrameCounts counts = camera.counts();
        html.markup("</td><td data-name=\"Sampled\">")
                .text(String.format(
                        Locale.ROOT, "%s, %.1f a second", Words.number(counts.captured()), camera.framesPerSecond()));
        note(Optional.of(sampled(counts)));
        html.markup("</td><td class=\"" + (lost(counts) > 0 ? "warn" : "") + "\" data-name=\"Sent\">")
                .text(Words.number(counts.uploaded()) + ", " + Words.number(counts.pending()) + " waiting");
        note(Optional.of(left(counts)).filter(text -> !text.isEmpty()));
        html.markup("</td></tr>");
    }

    private void note(Optional<String> text) {
        text.ifPresent(note -> html.markup("<small>").foreign(note).markup("</small>"));
    }

    private static String tone(CameraHealth camera) {
        return switch (camera.state()) {
            case STREAMING -> "good";
            case STALLED -> "warn";
            case RECONNECTING, MISCONFIGURED -> "bad";
            case DISARMED, ENDED -> "idle";
        };
    }

    private static String tone(@Nullable ImageCondition image) {
        return image == null || image == ImageCondition.OK ? "" : "warn";
    }

    private static String picture(CameraHealth camera) {
        Long age = camera.lastFrameAgeMillis();
        if (age == null) {
            return "none yet";
        }
        String seen = age < 1000 ? "now" : Words.of(Duration.ofMillis(age)) + " ago";
        return camera.image() == null ? seen : seen + ", " + Words.of(camera.image());
    }

    private static String stream(CameraHealth camera) {
        List<String> parts = new ArrayList<>();
        if (camera.source() != null) {
            parts.add(camera.source());
        }
        if (camera.reconnects() > 0) {
            parts.add("opened again: " + Words.number(camera.reconnects()));
        }
        if (camera.abandoned() > 0) {
            parts.add("hung and given up: " + Words.number(camera.abandoned()));
        }
        return String.join(" · ", parts);
    }

    /** What became of the sampling instants, without what is nothing. */
    private static String sampled(FrameCounts counts) {
        GateCounts gated = counts.gated();
        List<String> parts = new ArrayList<>();
        add(parts, gated.packets(), "quiet packets");
        add(parts, gated.motion(), "nothing moved");
        add(parts, gated.duplicates(), "near-duplicates");
        add(parts, counts.failed(), "failed");
        add(parts, counts.spooled(), "kept");
        return String.join(" · ", parts);
    }

    private static String left(FrameCounts counts) {
        List<String> parts = new ArrayList<>();
        add(parts, counts.recovered(), "recovered at start");
        add(parts, counts.evicted(), "evicted unsent");
        add(parts, counts.rejected(), "rejected");
        add(parts, counts.setAside(), "set aside");
        return String.join(" · ", parts);
    }

    private static void add(List<String> parts, long number, String what) {
        if (number > 0) {
            parts.add(Words.number(number) + " " + what);
        }
    }

    private static long lost(FrameCounts counts) {
        return counts.evicted() + counts.rejected() + counts.setAside();
    }
}
