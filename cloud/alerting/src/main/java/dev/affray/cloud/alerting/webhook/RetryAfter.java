package dev.affray.cloud.alerting.webhook;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** How long an answer asks to be left alone: {@code Retry-After} in seconds or as a date, of which a minute is granted at most. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** Zero where the answer does not say. */
    static Duration of(HttpResponse<?> answer, Instant now) {
        Duration asked = answer.headers()
                .firstValue("retry-after")
                .map(text -> duration(text.strip(), now))
                .orElse(Duration.ZERO);
        Duration positive = asked.isNegative() ? Duration.ZERO : asked;
        return positive.compareTo(LONGEST) > 0 ? LONGEST : positive;
    }

    private static Duration duration(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
