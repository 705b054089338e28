package dev.affray.cloud.console.link;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.state.Action;
import dev.affray.cloud.state.Casebook;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Mute;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.Judgement;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident as somebody with a link sees it.
 *
 * @param token of the link
 * @param found the incident
 * @param cameraName as people call it
 * @param site where, in which language and time zone
 * @param strip its pictures
 * @param related an incident of the camera's other line at the same time
 * @param expires when the link does
 * @param done what the person has just done
 * @param now the cloud's clock
 */
record IncidentPage(
        String token,
        Casebook.Case found,
        String cameraName,
        Site site,
        List<Detection> strip,
        Optional<Incident> related,
        Instant expires,
        Optional<Action> done,
        Instant now) {
    private static final int LOOK_AGAIN_SECONDS = 10;

    String html() {
        Incident incident = found.whole();
        String refresh = goesOn()
                ? "<meta http-equiv=\"refresh\" content=\"%d; url=%s\">%n".formatted(LOOK_AGAIN_SECONDS, token)
                : "";
        String body = Html.top("", site.name()) + "<main class=\"wrap case\">\n" + doneLine() + card(incident)
                + pictures() + buttons(incident) + "</main>\n" + foot();
        return Html.page(language().code(), title() + ": " + cameraName + ", " + site.name(), "", refresh, body);
    }

    private Language language() {
        return site.language();
    }

    private String t(Text text, Object... parts) {
        return Html.text(text.in(language(), parts));
    }

    private boolean goesOn() {
        Incident incident = found.whole();
        return incident.kind().isCondition() ? incident.isLasting() : incident.isOpen();
    }

    private Optional<Mute> mute() {
        return Optional.ofNullable(found.mute()).filter(mute -> mute.holds(now));
    }

    private String title() {
        Incident incident = found.whole();
        Text text = switch (incident.kind()) {
            case FIGHT -> Text.FIGHT;
            case CAMERA_OFFLINE -> incident.camera().isGateway() ? Text.GATEWAY_OFFLINE : Text.CAMERA_OFFLINE;
            case PIPELINE_BLIND -> Text.PIPELINE_BLIND;
            case BUDGET -> Text.BUDGET;
        };
        return text.in(language());
    }

    /** Told only of what is so now: somebody else may have been quicker. */
    private String doneLine() {
        Incident incident = found.whole();
        String text = done.map(action -> switch (action) {
                    case ACKNOWLEDGE -> incident.acknowledgedAt() == null ? "" : t(Text.DID_ACKNOWLEDGE);
                    case FALSE_ALARM -> incident.judgement() == Judgement.FALSE_ALARM ? t(Text.DID_FALSE_ALARM) : "";
                    case TRUE_ALARM -> incident.judgement() == Judgement.TRUE_ALARM ? t(Text.DID_TRUE_ALARM) : "";
                    case MUTE ->
                        mute().map(mute -> t(Text.DID_MUTE, minute(mute.until())))
                                .orElse("");
                    case UNMUTE -> mute().isPresent() ? "" : t(Text.DID_UNMUTE);
                })
                .orElse("");
        return text.isEmpty() ? "" : "<p class=\"did\" role=\"status\">" + text + "</p>\n";
    }

    private String card(Incident incident) {
        return """
                <section class="incident" data-state="%s">
                <p class="chips">%s</p>
                <h1>%s</h1>
                <p class="camera-name">%s</p>
                <p class="meta">%s</p>
                %s</section>
                """.formatted(
                        goesOn() ? "OPEN" : "CLOSED",
                        chips(incident),
                        Html.text(title()),
                        Html.text(cameraName),
                        Html.text(facts(incident)),
                        notes(incident));
    }

    private String chips(Incident incident) {
        List<String> chips = new ArrayList<>();
        chips.add(goesOn() ? chip("BAD", Text.GOES_ON, " dotted") : chip("IDLE", Text.OVER, ""));
        if (incident.line() == Line.BACKLOG) {
            chips.add(chip("WARNING", Text.DELAYED, ""));
        }
        if (incident.severity() == Severity.HIGH) {
            chips.add(chip("BAD", Text.SEVERE, ""));
        }
        Judgement judgement = incident.judgement();
        if (judgement == Judgement.FALSE_ALARM) {
            chips.add(chip("IDLE", Text.FALSE_ALARM, ""));
        } else if (judgement == Judgement.TRUE_ALARM) {
            chips.add(chip("BAD", Text.TRUE_ALARM, ""));
        }
        if (incident.acknowledgedAt() != null) {
            chips.add(chip("GOOD", Text.ACKNOWLEDGED, ""));
        }
        if (mute().isPresent()) {
            chips.add(chip("WARNING", Text.MUTED, ""));
        }
        return String.join("\n", chips);
    }

    private String chip(String tone, Text text, String more) {
        return "<span class=\"chip" + more + "\" data-tone=\"" + tone + "\">" + t(text) + "</span>";
    }

    private String facts(Incident incident) {
        List<String> facts = new ArrayList<>();
        facts.add(date(incident.opened(), "EEE d MMM yyyy, HH:mm:ss zzz"));
        boolean lasts = incident.isLasting();
        Instant end = lasts ? now : incident.lastPositive();
        String duration = duration(Duration.between(incident.opened(), end));
        facts.add((goesOn() ? Text.SO_FAR : Text.LASTED).in(language(), duration));
        if (!incident.kind().isCondition()) {
            facts.add(Text.STRONGEST.in(language(), score(incident.peakConfidence())));
        }
        return String.join(" · ", facts);
    }

    private String notes(Incident incident) {
        List<String> notes = new ArrayList<>();
        @Nullable String detail = incident.detail();
        if (detail != null) {
            notes.add(Html.text(detail));
        }
        if (incident.line() == Line.BACKLOG) {
            notes.add(t(Text.DELAYED_MEANS));
        }
        if (!found.asked().id().equals(incident.id())) {
            notes.add(t(Text.PART_OF_ANOTHER));
        }
        related.ifPresent(other -> notes.add(t(other.line() == Line.BACKLOG ? Text.RELATED_LATE : Text.RELATED_LIVE)));
        @Nullable Instant acknowledged = incident.acknowledgedAt();
        if (acknowledged != null) {
            notes.add(t(Text.ACKNOWLEDGED_BY, minute(acknowledged), who(incident.acknowledgedBy())));
        }
        @Nullable Judgement judgement = incident.judgement();
        if (judgement != null) {
            notes.add(t(judgement == Judgement.FALSE_ALARM ? Text.SAID_FALSE : Text.SAID_TRUE));
        }
        mute().ifPresent(mute -> notes.add(t(Text.MUTED_UNTIL, minute(mute.until()), who(mute.by()))));
        StringBuilder html = new StringBuilder();
        notes.forEach(note -> html.append("<p class=\"note\">").append(note).append("</p>\n"));
        return html.toString();
    }

    private String pictures() {
        if (found.whole().kind().isCondition()) {
            return "";
        }
        if (strip.isEmpty()) {
            return "<p class=\"none\">" + t(goesOn() ? Text.NO_PICTURES_YET : Text.NO_PICTURES) + "</p>\n";
        }
        Detection best = strip.stream()
                .max(Comparator.comparingDouble(Detection::confidence))
                .orElseThrow();
        StringBuilder html =
                new StringBuilder("<section class=\"pictures\" aria-label=\"" + t(Text.PICTURES) + "\">\n");
        html.append("<div class=\"best\">").append(picture(best, best, "eager")).append("</div>\n<ul>\n");
        strip.forEach(frame ->
                html.append("<li>").append(picture(frame, best, "lazy")).append("</li>\n"));
        return html.append("</ul>\n</section>\n").toString();
    }

    private String picture(Detection frame, Detection best, String loading) {
        String at = clock(frame.frame().capturedAt());
        return """
                <a href="%1$s"%2$s><img src="%1$s" alt="%3$s" width="640" height="360" loading="%4$s">
                <span class="under"><span>%5$s</span><b>%6$s</b></span></a>\
                """.formatted(
                        token + LinkPage.FRAME + frame.frame().position(),
                        frame.equals(best) ? " class=\"hit\"" : "",
                        t(Text.PICTURE, at, score(frame.confidence())),
                        loading,
                        Html.text(at),
                        Html.text(score(frame.confidence())));
    }

    private String buttons(Incident incident) {
        List<String> buttons = new ArrayList<>();
        if (incident.acknowledgedAt() == null) {
            buttons.add(button(Action.ACKNOWLEDGE, t(Text.DO_ACKNOWLEDGE), "first"));
        }
        if (Casebook.fits(Action.FALSE_ALARM, incident)) {
            boolean saidFalse = incident.judgement() == Judgement.FALSE_ALARM;
            buttons.add(
                    saidFalse
                            ? button(Action.TRUE_ALARM, t(Text.DO_TRUE_ALARM), "")
                            : button(Action.FALSE_ALARM, t(Text.DO_FALSE_ALARM), ""));
        }
        boolean mutable = Casebook.fits(Action.MUTE, incident);
        if (mutable) {
            buttons.add(
                    mute().isPresent()
                            ? button(Action.UNMUTE, t(Text.DO_UNMUTE), "")
                            : button(Action.MUTE, t(Text.DO_MUTE, Mute.LASTS.toMinutes()), ""));
        }
        String bar = buttons.isEmpty() ? "" : "<div class=\"buttons\">\n" + String.join("", buttons) + "</div>\n";
        return bar + (mutable ? "<p class=\"meta\">" + t(Text.MUTE_MEANS) + "</p>\n" : "");
    }

    private String button(Action action, String label, String kind) {
        return "<form method=\"post\" action=\"%s/%s\"><button type=\"submit\" class=\"%s\">%s</button></form>%n"
                .formatted(token, LinkPage.name(action), kind, label);
    }

    private String foot() {
        List<String> lines = new ArrayList<>();
        if (goesOn()) {
            lines.add(t(Text.LOOKS_AGAIN, LOOK_AGAIN_SECONDS));
        }
        lines.add(t(Text.TIMES_IN, site.zone().getId()));
        lines.add(t(Text.LINK_MEANS, date(expires, "EEE d MMM, HH:mm")));
        return "<footer class=\"wrap\"><p>" + String.join(" ", lines) + "</p></footer>\n";
    }

    private String who(@Nullable String by) {
        return by == null || by.equals(LinkPage.BY) ? Text.SOMEBODY.in(language()) : by;
    }

    private String minute(Instant at) {
        return date(at, "HH:mm");
    }

    private String clock(Instant at) {
        return date(at, "HH:mm:ss");
    }

    private String date(Instant at, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Text.locale(language())).format(at.atZone(site.zone()));
    }

    private static String score(double confidence) {
        return Math.round(confidence) + " %";
    }

    private static String duration(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : Math.max(1, time.toSeconds()) + " s";
    }
}
