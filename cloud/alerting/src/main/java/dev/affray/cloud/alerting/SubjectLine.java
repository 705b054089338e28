package dev.affray.cloud.alerting;

import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An alert as the subject that SNS takes: fewer than 100 characters of printable ASCII. */
public final class SubjectLine {
    /** The longest. */
    static final int MOST = 99;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);

    private SubjectLine() {}

    /** The subject; it begins with a letter. */
    public static String of(Alert alert) {
        String time = TIME.format(alert.at().atZone(alert.site().zone()));
        return Headline.of(alert, Alphabet.ASCII, Words.what(alert), Alphabet.ASCII.spell(time), MOST);
    }
}
