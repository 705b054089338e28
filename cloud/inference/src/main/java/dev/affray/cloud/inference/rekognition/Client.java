package dev.affray.cloud.inference.rekognition;

import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.RekognitionClientBuilder;

/**
 * A client's patience with Rekognition: two attempts, and an end to both after five seconds. One frame must not use up the time of its batch, and the
 * queue asks again anyway.
 */
public final class Client {
    /** How long one question may take, its second attempt included. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration ATTEMPT = Duration.ofSeconds(4);
    private static final int ATTEMPTS = 2;

    private Client() {}

    /** A builder with this patience; region, credentials and HTTP client are the caller's. */
    public static RekognitionClientBuilder builder() {
        return builder(PATIENCE, ATTEMPT);
    }

    static RekognitionClientBuilder builder(Duration patience, Duration attempt) {
        return RekognitionClient.builder()
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(patience)
                        .apiCallAttemptTimeout(attempt)
                        .retryStrategy(b -> b.maxAttempts(ATTEMPTS))
                        .build());
    }
}
