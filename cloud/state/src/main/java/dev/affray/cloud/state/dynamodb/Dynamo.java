package dev.affray.cloud.state.dynamodb;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * The one way to reach DynamoDB. Throttling, server errors and lost connections are tried again a few times; what remains is thrown, and the caller's
 * event is delivered again. An answer that is lost may mean that a write is done twice: see each store for what then holds.
 */
public final class Dynamo {
    /** The most requests for one call. */
    static final int ATTEMPTS = 5;

    private static final Duration ATTEMPT = Duration.ofSeconds(4);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration THROTTLED_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private Dynamo() {}

    /**
     * A client with region, credentials and endpoint from the environment; ten seconds a call at the most.
     *
     * @param http with socket time-outs of its own, at most {@link #socketTimeout}: a blocking read does not feel that a call's time is up. Stays the caller's
     */
    public static DynamoDbClient client(SdkHttpClient http) {
        return builder(http).build();
    }

    /** How long a read from the connection may take. */
    public static Duration socketTimeout() {
        return ATTEMPT;
    }

    /** {@link #client} before it is built, for an endpoint and credentials that are not the environment's. */
    static DynamoDbClientBuilder builder(SdkHttpClient http) {
        return DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration(o -> o.apiCallTimeout(CALL)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .backoffStrategy(BackoffStrategy.exponentialDelay(PAUSE, LONGEST_PAUSE))
                                .throttlingBackoffStrategy(
                                        BackoffStrategy.exponentialDelay(THROTTLED_PAUSE, LONGEST_PAUSE))
                                .build()));
    }
}
