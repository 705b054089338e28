package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.cloud.state.Mute;
import dev.affray.cloud.state.Step;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import java.util.Locale;

/**
 * What happened, in the language of the site.
 *
 * @param full at most {@link Phrase#MOST_FULL} characters
 * @param brief at most {@link Phrase#MOST_BRIEF} characters
 * @param join what comes between {@code full} and where it happened
 */
record Heading(String full, String brief, String join) {
    /** What comes after the brief words, and mostly after the full ones. */
    static final String COLON = ": ";

    static Heading of(Alert alert) {
        Language language = alert.site().language();
        boolean update = alert.step() == Step.OPENED && alert.lead().isPresent();
        String full = happened(alert, language, Phrase::full);
        String brief = happened(alert, language, Phrase::brief);
        // In brief only the alarm itself says that it is old; the others have no room, but a date.
        boolean alarm = alert.step() == Step.OPENED;
        if (alert.incident().line() == Line.BACKLOG) {
            full = Phrase.DELAYED.full(language, full);
            brief = alarm ? Phrase.DELAYED.brief(language, Phrase.FIGHT.brief(language)) : brief;
        } else if (alert.late()) {
            full = Phrase.LATE.full(language, full);
            brief = alarm ? Phrase.LATE.brief(language, about(alert, language, Phrase::brief)) : brief;
        }
        return new Heading(capital(full), capital(brief), update ? " " : COLON);
    }

    private interface Form {
        String of(Phrase phrase, Language language, Object... parts);
    }

    private static String happened(Alert alert, Language language, Form form) {
        Incident incident = alert.incident();
        String about = about(alert, language, form);
        return switch (alert.step()) {
            case OPENED -> alert.lead().isPresent() ? form.of(Phrase.UPDATE, language, about) : about;
            case RAISED -> form.of(Phrase.RAISED, language, about);
            case ESCALATED -> form.of(Phrase.ESCALATED, language, about);
            case ACKNOWLEDGED -> form.of(Phrase.ACKNOWLEDGED, language, about);
            case FALSE_ALARM -> form.of(Phrase.FALSE_ALARM, language);
            case CLOSED ->
                incident.kind().isCondition() ? form.of(over(alert), language) : form.of(Phrase.OVER, language, about);
            case MUTED ->
                form.of(
                        Phrase.MUTED,
                        language,
                        Times.of(alert).minute(mute(alert).until()));
            case UNMUTED -> form.of(Phrase.UNMUTED, language);
        };
    }

    /** The mute that the step is about. */
    static Mute mute(Alert alert) {
        return alert.mute().orElseThrow(() -> new IllegalArgumentException(alert.step() + " without its mute"));
    }

    private static String about(Alert alert, Language language, Form form) {
        Phrase about = switch (alert.incident().kind()) {
            case FIGHT -> Phrase.FIGHT;
            case CAMERA_OFFLINE ->
                alert.incident().camera().isGateway() ? Phrase.GATEWAY_OFFLINE : Phrase.CAMERA_OFFLINE;
            case PIPELINE_BLIND -> Phrase.NOT_JUDGED;
            case BUDGET -> Phrase.SPENDING_LIMIT;
        };
        return form.of(about, language);
    }

    private static Phrase over(Alert alert) {
        if (!alert.awaited()) {
            return Phrase.GIVEN_UP;
        }
        return switch (alert.incident().kind()) {
            case FIGHT -> Phrase.OVER;
            case CAMERA_OFFLINE -> alert.incident().camera().isGateway() ? Phrase.GATEWAY_BACK : Phrase.CAMERA_BACK;
            case PIPELINE_BLIND -> Phrase.JUDGED_AGAIN;
            case BUDGET -> Phrase.LIMIT_LIFTED;
        };
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
