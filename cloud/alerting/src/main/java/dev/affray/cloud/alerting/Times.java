package dev.affray.cloud.alerting;

import dev.affray.camera.Language;
import dev.affray.camera.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a site's people read them: on its clock, of 24 hours, with days and months in its language. */
record Times(ZoneId zone, Language language) {
    private static final int HOURS_A_DAY = 24;
    private static final int MINUTES_AN_HOUR = 60;

    // The letters of a zone are the same everywhere: in Spanish, Java calls New York's summer time EST.
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK_MINUTE = DateTimeFormatter.ofPattern("HH:mm zzz", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    static Times of(Alert alert) {
        return of(alert.site());
    }

    static Times of(Site site) {
        return new Times(site.zone(), site.language());
    }

    /** Such as {@code 22:14:05 CEST}. */
    String clock(Instant time) {
        return format(CLOCK, time);
    }

    /** Such as {@code 22:14:05}. */
    String second(Instant time) {
        return format(SECOND, time);
    }

    /** Such as {@code 22:14}. */
    String minute(Instant time) {
        return format(MINUTE, time);
    }

    /** Such as {@code 1 Jul 22:14:05 CEST}. */
    String dated(Instant time) {
        return date(time) + " " + clock(time);
    }

    /** Such as {@code 1 Jul 22:14 CEST}. */
    String datedMinute(Instant time) {
        return date(time) + " " + format(CLOCK_MINUTE, time);
    }

    /** Such as {@code 1 Jul}. */
    String date(Instant time) {
        return format(DateTimeFormatter.ofPattern("d MMM", locale()), time);
    }

    /** Such as {@code Wednesday 1 July 2026}. */
    String day(Instant time) {
        String pattern = switch (language) {
            case ENGLISH -> "EEEE d MMMM uuuu";
            case SPANISH -> "EEEE d 'de' MMMM 'de' uuuu";
        };
        return format(DateTimeFormatter.ofPattern(pattern, locale()), time);
    }

    /** As people say it: one unit, or two from hours on, rounded down. The units are those of every language here. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHours() % HOURS_A_DAY + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutes() % MINUTES_AN_HOUR + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : "< 1 s";
    }

    private Locale locale() {
        return Locale.of(language.code());
    }

    private String format(DateTimeFormatter formatter, Instant time) {
        return formatter.format(time.atZone(zone));
    }
}
