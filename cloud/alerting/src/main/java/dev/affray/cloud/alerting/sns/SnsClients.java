package dev.affray.cloud.alerting.sns;

import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/**
 * Clients of SNS that repeat a publish only when the first one was surely not taken. SNS's standard topics know no repetition: were a publish that got no
 * answer repeated here, nobody could count it.
 */
public final class SnsClients {
    /** What a publish takes at most, all tries together: well within the lease of a claim. */
    public static final Duration LONGEST = Duration.ofSeconds(12);

    private static final Duration ONE_TRY = Duration.ofSeconds(4);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    private SnsClients() {}

    /** A client whose region, endpoint and credentials come from the environment. */
    public static SnsClient create() {
        return configured(SnsClient.builder(), ONE_TRY, LONGEST).build();
    }

    static SnsClientBuilder configured(SnsClientBuilder builder, Duration oneTry, Duration longest) {
        return builder.httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(oneTry)
                        .build())
                .overrideConfiguration(settings -> settings.apiCallAttemptTimeout(oneTry)
                        .apiCallTimeout(longest)
                        .retryStrategy(repeatWhatWasNotTaken()));
    }

    private static StandardRetryStrategy repeatWhatWasNotTaken() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .maxAttempts(TRIES)
                .retryOnException(Failures::isSurelyNotTaken)
                .treatAsThrottling(Failures::isThrottled)
                .build();
    }
}
