package dev.affray.cloud.alerting;

/** A message as the subject that SNS takes: fewer than 100 characters of printable ASCII. */
public final class SubjectLine {
    /** The longest. */
    static final int MOST = 99;

    private static final Alphabet ASCII = Alphabet.ASCII;

    private SubjectLine() {}

    /** The subject; it begins with a letter or a digit. */
    public static String of(Message message) {
        return switch (message) {
            case Alert alert -> {
                Heading heading = Heading.of(alert);
                String end = Headline.BETWEEN + ASCII.spell(Times.of(alert).clock(alert.at()));
                String what = ASCII.spelled(heading.full() + heading.join());
                yield new Headline(ASCII, what, Headline.names(alert, ASCII), end).within(MOST);
            }
            case Digest digest -> {
                Roundup roundup = Roundup.of(digest);
                String end = Headline.BETWEEN + ASCII.spell(roundup.since(Times::datedMinute));
                yield roundup.headline(ASCII, end).within(MOST);
            }
        };
    }
}
