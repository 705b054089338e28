package dev.affray.cloud.alerting;

import dev.affray.incident.Incident;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An alert as one SMS: one part of GSM-7, so that no carrier splits it or turns it into 70-character pieces. */
public final class SmsText {
    /** What one part holds. */
    static final int ONE_PART = 160;

    /** SNS puts the topic's display name before the text: ten characters, {@code >} and a space. */
    static final int TOPIC_NAME = 12;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss zzz", Locale.ENGLISH);

    private SmsText() {}

    /** The text, at most {@code ONE_PART - TOPIC_NAME} units of GSM-7. */
    public static String of(Alert alert) {
        Incident incident = alert.incident();
        ZoneId zone = alert.site().zone();
        String end = Alphabet.GSM_7.spell(TIME.format(alert.at().atZone(zone))) + " (" + incident.id() + ")";
        return Headline.of(alert, Alphabet.GSM_7, Words.what(alert), end, ONE_PART - TOPIC_NAME);
    }
}
