package dev.affray.agent.upload;

import dev.affray.frame.FrameKey;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bucket that frames go to. An object is written only where none is yet, so an attempt whose answer was lost can be repeated. Thread-safe. The SDK's
 * own retries are off: the {@link Uploader} waits once for all.
 */
public final class S3Frames implements AutoCloseable {
    /**
     * S3's own words for what is wrong with the frame itself. Anything else can be mended (permissions, keys, clocks, a missing bucket, a proxy or a wrong
     * endpoint that answers in S3's place, with whatever status), and the frame waits for it.
     */
    private static final Set<String> HOPELESS_CODES = Set.of(
            "EntityTooLarge",
            "EntityTooSmall",
            "InvalidURI",
            "KeyTooLongError",
            "MetadataTooLarge",
            "UnexpectedContent");

    private final String bucket;
    private final S3Client client;

    /**
     * @param connections how many uploads run at once
     * @param patience for one attempt, from connecting to the answer
     */
    public S3Frames(Bucket bucket, AwsCredentialsProvider credentials, int connections, Duration patience) {
        this.bucket = bucket.name();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .credentialsProvider(credentials)
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(connections)
                        .connectionTimeout(patience.dividedBy(3))
                        .socketTimeout(patience))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(patience));
        bucket.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        this.client = builder.build();
    }

    /** Stores one frame; blocks for {@code patience} at most. */
    public UploadOutcome put(FrameKey key, byte[] jpeg) {
        try {
            client.putObject(
                    request -> request.bucket(bucket)
                            .key(key.format())
                            .ifNoneMatch("*")
                            .contentType("image/jpeg"),
                    RequestBody.fromBytes(jpeg));
            return new UploadOutcome.Stored();
        } catch (S3Exception e) {
            return judge(e);
        } catch (SdkClientException e) {
            return new UploadOutcome.Retry(rootCause(e));
        }
    }

    private static UploadOutcome judge(S3Exception e) {
        int status = e.statusCode();
        if (status == 412) {
            return new UploadOutcome.Stored();
        }
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        String reason = "S3 answered " + (status + " " + code).strip();
        return HOPELESS_CODES.contains(code) ? new UploadOutcome.Rejected(reason) : new UploadOutcome.Retry(reason);
    }

    private static String rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
