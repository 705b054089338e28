package dev.affray.cloud.local;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads stored frames over S3. Thread-safe. */
final class FrameStore implements AutoCloseable {
    private final S3Client s3;
    private final String bucket;

    FrameStore(URI endpoint, String region, String bucket, String accessKeyId, String secretAccessKey) {
        this.bucket = bucket;
        this.s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** A frame's JPEG; empty when it is not there, or no longer. */
    Optional<byte[]> read(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Whether a frame is there. */
    boolean exists(String key) {
        try {
            return s3.headObject(b -> b.bucket(bucket).key(key)).contentLength() > 0;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
