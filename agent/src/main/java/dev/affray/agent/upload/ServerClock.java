package dev.affray.agent.upload;

import dev.affray.agent.health.Trouble;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells from S3's answers how wrong this machine's clock is, to about a second, and says so in the log when it is a minute or more. Thread-safe. */
final class ServerClock implements ExecutionInterceptor {
    private static final Logger log = LoggerFactory.getLogger(ServerClock.class);
    private static final Duration WORTH_A_WORD = Duration.ofMinutes(1);

    private final Clock clock;
    private final Trouble trouble = new Trouble(log, "Agreeing with S3 on the time");
    private volatile @Nullable Long skewMillis;

    ServerClock(Clock clock) {
        this.clock = clock;
    }

    /** This machine's clock minus S3's; null before its first answer. */
    @Nullable
    Long skewMillis() {
        return skewMillis;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (S3Answer.isOfS3(context.httpResponse())) {
            context.httpResponse().firstMatchingHeader("Date").ifPresent(this::learn);
        }
    }

    private void learn(String date) {
        Duration skew;
        try {
            skew = Duration.between(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant(),
                    clock.instant());
        } catch (DateTimeException e) {
            return;
        }
        skewMillis = skew.toMillis();
        if (skew.abs().compareTo(WORTH_A_WORD) < 0) {
            trouble.worked();
        } else {
            trouble.failed("this machine's clock is wrong by " + (skew.isNegative() ? "-" : "+")
                    + skew.abs().toMinutes() + " min; requests are signed with S3's time");
        }
    }
}
