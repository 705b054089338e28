package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import dev.affray.cloud.state.Step;
import dev.affray.incident.BestFrame;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A message as an e-mail, in the language and on the clock of the site. The text part stands alone; the HTML part says the same around the pictures. Names
 * that people gave to cameras and sites are escaped in HTML, and lose their line breaks and control characters everywhere.
 *
 * @param subject what, where and when
 * @param text the plain part
 * @param html the HTML part; it shows the pictures by the content ids {@code frame-0}, {@code frame-1}, ...
 * @param frames the frames that it shows, in the order of capture
 * @param thread the {@link Message#id} of the mail that it belongs to, with which the incident began; absent of that mail itself
 */
public record AlertMail(String subject, String text, String html, List<BestFrame> frames, Optional<String> thread) {
    private static final int LABELS = 12;

    public AlertMail {
        frames = List.copyOf(frames);
    }

    /** Composes the mail without a picture. */
    public static AlertMail of(Message message) {
        return of(message, List.of());
    }

    /**
     * Composes the mail.
     *
     * @param pictures those of the incident's frames that come with it
     */
    public static AlertMail of(Message message, Collection<BestFrame> pictures) {
        return switch (message) {
            case Alert alert -> of(alert, pictures);
            case Digest digest -> of(digest);
        };
    }

    /** The mail with which a thread of an incident begins. */
    private static String first(String incident) {
        return incident + "-opened";
    }

    private static Optional<String> thread(Alert alert) {
        return alert.lead()
                .map(lead -> first(lead.incident()))
                .or(() -> Optional.of(first(alert.incident().id())))
                .filter(id -> alert.step() != Step.OPENED || alert.lead().isPresent());
    }

    private static AlertMail of(Alert alert, Collection<BestFrame> pictures) {
        Heading heading = Heading.of(alert);
        String where = where(alert);
        String subject =
                heading.full() + heading.join() + where + ", " + Times.of(alert).clock(alert.at());
        List<BestFrame> frames = pictures.stream()
                .sorted(Comparator.comparing((BestFrame best) -> best.frame().position()))
                .toList();
        return new AlertMail(
                subject,
                text(alert, heading, where, frames),
                MailHtml.of(alert, heading.full(), where, when(alert), frames),
                frames,
                thread(alert));
    }

    private static String where(Alert alert) {
        return Fact.plain(alert.cameraName()) + ", " + Fact.plain(alert.site().name());
    }

    private static String when(Alert alert) {
        Times times = Times.of(alert);
        return times.day(alert.at()) + ", " + times.clock(alert.at()) + " ("
                + alert.site().zone() + ")";
    }

    private static String text(Alert alert, Heading heading, String where, List<BestFrame> frames) {
        Language language = alert.site().language();
        Times times = Times.of(alert);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(alert.incident().camera().isGateway() ? Words.GATEWAY : Words.CAMERA, where));
        facts.add(new Fact(Words.TIME, when(alert)));
        facts.addAll(Fact.of(alert));
        if (!frames.isEmpty()) {
            String shown = frames.stream()
                    .map(best -> times.second(best.frame().capturedAt()) + " (" + Math.round(best.confidence()) + ")")
                    .collect(Collectors.joining(", "));
            facts.add(new Fact(Words.PICTURES, shown));
        }
        alert.page().ifPresent(page -> facts.add(new Fact(Words.PAGE, page.toString())));
        String title =
                heading.join().isBlank() ? heading.full() + " " + Fact.plain(alert.cameraName()) : heading.full();
        StringBuilder text = new StringBuilder(title).append("\n\n");
        for (Fact fact : facts) {
            String name = fact.name().in(language);
            text.append(name)
                    .repeat(' ', Math.max(1, LABELS - name.length()))
                    .append(fact.value())
                    .append('\n');
        }
        return text.append('\n')
                .append(Fact.last(alert).in(language))
                .append('\n')
                .toString();
    }

    private static AlertMail of(Digest digest) {
        Roundup roundup = Roundup.of(digest);
        Language language = roundup.language();
        String subject = roundup.what() + ": "
                + roundup.where(Fact.plain(roundup.most().site().name())) + ", " + roundup.since(Times::datedMinute);
        StringBuilder text = new StringBuilder(roundup.what())
                .append("\n\n")
                .append(Words.TOO_MUCH.in(language))
                .append('\n');
        for (Map.Entry<Site, List<Alert>> site : Roundup.bySite(digest.told()).entrySet()) {
            text.append('\n').append(Fact.plain(site.getKey().name())).append('\n');
            for (Alert alert : site.getValue()) {
                text.append("  ")
                        .append(Times.of(alert).dated(alert.at()))
                        .append("  ")
                        .append(line(alert))
                        .append('\n');
                alert.page()
                        .map(URI::toString)
                        .ifPresent(page -> text.append("    ").append(page).append('\n'));
            }
        }
        more(digest).ifPresent(more -> text.append('\n').append(more).append('\n'));
        return new AlertMail(subject, text.toString(), MailHtml.of(digest, roundup), List.of(), Optional.empty());
    }

    /** What and where of one of a digest, under its site. */
    static String line(Alert alert) {
        Heading heading = Heading.of(alert);
        return heading.full() + heading.join() + Fact.plain(alert.cameraName());
    }

    /** What a digest does not tell one by one. */
    static Optional<String> more(Digest digest) {
        int more = digest.alerts().size() - digest.told().size();
        return Optional.of(Words.AND_MORE.in(Roundup.of(digest).language(), more))
                .filter(_ -> more > 0);
    }
}
