package dev.affray.cloud.alerting.ses;

import dev.affray.cloud.alerting.aws.Calls;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The frames in the bucket, read within a moment or not at all. Thread-safe. */
public final class Frames {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final S3Client s3;
    private final String bucket;

    private Frames(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** Those of a bucket; region, endpoint and credentials come from the environment. */
    public static Frames of(String bucket) {
        return new Frames(
                S3Client.builder()
                        .httpClient(Calls.http(PATIENCE))
                        .overrideConfiguration(settings -> Calls.bound(settings, PATIENCE, PATIENCE))
                        .build(),
                bucket);
    }

    /** A frame's JPEG; empty when it is not there, or no longer. */
    public Optional<byte[]> read(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asByteArrayUnsafe());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }
}
