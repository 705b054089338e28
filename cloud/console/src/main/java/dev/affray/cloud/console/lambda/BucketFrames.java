package dev.affray.cloud.console.lambda;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The frames in the bucket. Thread-safe. */
final class BucketFrames {
    private static final Duration CALL = Duration.ofSeconds(6);
    private static final int FORBIDDEN = 403;

    private final S3Client s3;
    private final String bucket;

    /** @param http stays the caller's */
    BucketFrames(SdkHttpClient http, String bucket) {
        this.bucket = bucket;
        this.s3 = S3Client.builder()
                .httpClient(http)
                .overrideConfiguration(o -> o.apiCallTimeout(CALL))
                .build();
    }

    /** A frame's JPEG; empty when it is not there: S3 says that it is forbidden to whoever may not list the bucket. */
    Optional<byte[]> read(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
