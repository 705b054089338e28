package dev.affray.cloud.alerting.aws;

import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * Clients that repeat a call only when the first one was surely not taken: neither SNS's standard topics nor SES know a repetition, and were a call that got no
 * answer repeated here, nobody could count it.
 */
public final class Calls {
    /** What a call takes at most, all tries together: well within the lease of a claim. */
    public static final Duration LONGEST = Duration.ofSeconds(12);

    /** What one try takes at most. */
    public static final Duration ONE_TRY = Duration.ofSeconds(4);

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    private Calls() {}

    /** What connects and reads within these bounds. */
    public static SdkHttpClient http(Duration oneTry) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(oneTry)
                .build();
    }

    /** Sets how long a try and all tries together may take, and what is tried again. */
    public static void bound(ClientOverrideConfiguration.Builder settings, Duration oneTry, Duration longest) {
        settings.apiCallAttemptTimeout(oneTry).apiCallTimeout(longest).retryStrategy(repeatWhatWasNotTaken());
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
