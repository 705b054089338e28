package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.frame.Line;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message as one SMS: one part of GSM-7, so that no carrier splits it or turns it into 70-character pieces.
 *
 * <p>It says what, where, when, and ends with the link to the page, whole. With little room the words become brief, the date goes unless the message is
 * old, and the names are cut. A link of 100 units always fits; one that does not is left out, and the SMS sends its reader to the e-mail. Without a link it
 * ends with the incident's id.
 */
public final class SmsText {
    /** What one part holds. */
    static final int ONE_PART = 160;

    /** SNS puts the topic's display name before the text: ten characters, {@code >} and a space. */
    static final int TOPIC_NAME = 12;

    private static final int MOST = ONE_PART - TOPIC_NAME;

    /** With so many units for the names, full words go before whole names. */
    private static final int ENOUGH = 40;

    /** With fewer the camera cannot be told from another. */
    private static final int LEAST = 6;

    private static final Alphabet GSM = Alphabet.GSM_7;

    private SmsText() {}

    /** The text, at most {@code ONE_PART - TOPIC_NAME} units of GSM-7. */
    public static String of(Message message) {
        return switch (message) {
            case Alert alert -> of(alert);
            case Digest digest -> of(digest);
        };
    }

    private static String of(Digest digest) {
        Roundup roundup = Roundup.of(digest);
        Language language = roundup.language();
        String end = Headline.BETWEEN
                + GSM.spell(roundup.since(Times::datedMinute))
                + Heading.COLON
                + Phrase.SEE_MAIL.full(language);
        return roundup.headline(GSM, end).within(MOST);
    }

    private static String of(Alert alert) {
        Heading heading = Heading.of(alert);
        return alert.page()
                .map(URI::toASCIIString)
                .filter(GSM::has)
                .flatMap(link -> linked(alert, heading, " " + link))
                .orElseGet(() -> unlinked(alert, heading));
    }

    private static String unlinked(Alert alert, Heading heading) {
        String last = alert.page().isPresent()
                ? Heading.COLON + Phrase.SEE_MAIL.full(alert.site().language())
                : " (" + alert.incident().id() + ")";
        return line(alert, heading.full() + heading.join(), Times.of(alert).dated(alert.at()), last)
                .within(MOST);
    }

    /** The richest line that leaves the names room, or the poorest; none where the link leaves no room for that either. */
    private static Optional<String> linked(Alert alert, Heading heading, String link) {
        for (String when : whens(alert)) {
            Headline line = line(alert, heading.full() + heading.join(), when, link);
            if (line.room(MOST) >= Math.min(ENOUGH, line.wanted())) {
                return Optional.of(line.within(MOST));
            }
        }
        Headline poorest =
                line(alert, heading.brief() + Heading.COLON, whens(alert).getLast(), link);
        return poorest.room(MOST) >= LEAST ? Optional.of(poorest.within(MOST)) : Optional.empty();
    }

    /** Ways to say when, the richest first. */
    private static List<String> whens(Alert alert) {
        Times times = Times.of(alert);
        Instant at = alert.at();
        String shortest = (isOld(alert) ? times.date(at) + " " : "") + times.minute(at);
        List<String> whens = new ArrayList<>();
        alert.lead()
                .map(lead -> Phrase.FIRST_AT.full(alert.site().language(), lead.cameraName()))
                .ifPresent(first -> whens.add(shortest + Headline.BETWEEN + first));
        whens.add(times.datedMinute(at));
        whens.add(shortest);
        return whens;
    }

    /** Whether it tells of something that is not happening now. */
    static boolean isOld(Alert alert) {
        return alert.late() || alert.incident().line() == Line.BACKLOG;
    }

    private static Headline line(Alert alert, String what, String when, String last) {
        return new Headline(
                GSM, GSM.spelled(what), Headline.names(alert, GSM), Headline.BETWEEN + GSM.spell(when) + last);
    }
}
