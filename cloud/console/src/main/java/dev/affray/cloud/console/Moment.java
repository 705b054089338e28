package dev.affray.cloud.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as people at a site read it.
 *
 * @param iso ISO-8601 with the site's offset
 * @param local in words, such as {@code Fri 20 Nov 2026, 07:31:10 GMT}
 * @param clock the time of day alone, such as {@code 07:31:10}
 */
public record Moment(String iso, String local, String clock) {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm:ss zzz", Locale.UK);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.UK);

    static Moment of(Instant instant, ZoneId zone) {
        var at = instant.atZone(zone);
        return new Moment(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at), LOCAL.format(at), CLOCK.format(at));
    }
}
