package dev.affray.cloud.alerting;

import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.BestFrame;
import dev.affray.incident.Incident;
import dev.affray.incident.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An alert as an e-mail. The text part stands alone; the HTML part says the same around the pictures. Names that people gave to cameras and sites are
 * escaped in HTML, and lose their line breaks and control characters everywhere.
 *
 * @param subject where and when, in the site's time zone
 * @param text the plain part
 * @param html the HTML part; it shows the pictures by the content ids {@code frame-0}, {@code frame-1}, ...
 * @param frames the frames to show, the strongest first
 */
public record AlertMail(String subject, String text, String html, List<BestFrame> frames) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

    public AlertMail {
        frames = List.copyOf(frames);
    }

    private record Fact(String name, String value) {}

    /**
     * Composes the mail.
     *
     * @param page where the incident can be looked at, if anywhere
     * @param shown how many of the incident's frames come with it
     */
    public static AlertMail of(Alert alert, Optional<URI> page, int shown) {
        Incident incident = alert.incident();
        String where = plain(alert.cameraName()) + ", " + plain(alert.site().name());
        ZoneId zone = alert.site().zone();
        List<BestFrame> frames = incident.bestFrames().stream().limit(shown).toList();
        String what = Words.what(alert);
        String subject = what + ": " + where + ", " + clock(alert.at(), zone);
        List<Fact> facts = facts(alert, where, zone, page);
        return new AlertMail(
                subject,
                text(what, facts, frames, zone, Words.last(alert)),
                html(what, facts, frames, zone, Words.last(alert)),
                frames);
    }

    private static List<Fact> facts(Alert alert, String where, ZoneId zone, Optional<URI> page) {
        Incident incident = alert.incident();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(incident.camera().isGateway() ? "Gateway" : "Camera", where));
        facts.add(new Fact(
                "Time",
                DAY.format(alert.at().atZone(zone)) + ", " + clock(alert.at(), zone) + " (" + zone.getId() + ")"));
        if (incident.kind().isCondition()) {
            condition(alert, zone, facts);
        } else {
            fight(incident, facts);
        }
        if (alert.late()) {
            facts.add(new Fact("Sent late", "this message could not go out earlier; look at the time"));
        }
        facts.add(new Fact("Incident", incident.id()));
        page.ifPresent(uri -> facts.add(new Fact("Page", uri.toString())));
        return facts;
    }

    private static void fight(Incident incident, List<Fact> facts) {
        facts.add(new Fact("Confidence", Math.round(incident.peakConfidence()) + " of 100"));
        if (incident.severity() == Severity.HIGH) {
            facts.add(new Fact("Severity", "high: it goes on for longer than the rule asks"));
        }
        if (incident.line() == Line.BACKLOG) {
            facts.add(new Fact("Delayed", "these frames arrived late, after an outage; this is not happening now"));
        }
    }

    private static void condition(Alert alert, ZoneId zone, List<Fact> facts) {
        Incident incident = alert.incident();
        if (alert.step() == Step.CLOSED) {
            Duration lasted = Duration.between(incident.opened(), incident.lastPositive());
            facts.add(new Fact("Lasted", Words.duration(lasted) + ", from " + clock(incident.opened(), zone)));
        }
        if (incident.detail() != null) {
            facts.add(new Fact(alert.step() == Step.CLOSED ? "It was" : "Found", plain(incident.detail())));
        }
    }

    private static String text(String what, List<Fact> facts, List<BestFrame> frames, ZoneId zone, String last) {
        StringBuilder text = new StringBuilder(what).append("\n\n");
        facts.forEach(
                f -> text.append("%-12s%s%n".formatted(f.name(), f.value()).replace("\r\n", "\n")));
        if (!frames.isEmpty()) {
            text.append("\nThe picture is its strongest frame, taken at ")
                    .append(clock(frames.getFirst().frame().capturedAt(), zone))
                    .append(".\n");
        }
        return text.append("\n").append(last).append("\n").toString();
    }

    private static String html(String what, List<Fact> facts, List<BestFrame> frames, ZoneId zone, String last) {
        StringBuilder html =
                new StringBuilder("<!doctype html><html><body style=\"font:16px/1.45 sans-serif;color:#1a1a1a\">");
        html.append("<h1 style=\"font-size:20px;margin:0 0 12px\">")
                .append(escape(what))
                .append("</h1>");
        for (int i = 0; i < frames.size(); i++) {
            html.append("<p style=\"margin:0 0 12px\"><img src=\"cid:frame-")
                    .append(i)
                    .append("\" alt=\"frame taken at ")
                    .append(escape(clock(frames.get(i).frame().capturedAt(), zone)))
                    .append("\" style=\"max-width:100%;border-radius:6px\"></p>");
        }
        html.append("<table style=\"border-collapse:collapse\">");
        for (Fact fact : facts) {
            html.append("<tr><td style=\"padding:2px 16px 2px 0;color:#666\">")
                    .append(escape(fact.name()))
                    .append("</td><td style=\"padding:2px 0\">")
                    .append(escape(fact.value()))
                    .append("</td></tr>");
        }
        return html.append("</table><p style=\"color:#666\">")
                .append(escape(last))
                .append("</p></body></html>")
                .toString();
    }

    private static String clock(Instant time, ZoneId zone) {
        return CLOCK.format(time.atZone(zone));
    }

    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
