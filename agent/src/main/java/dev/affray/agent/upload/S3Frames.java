package dev.affray.agent.upload;

import dev.affray.frame.FrameKey;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
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
 * own retries are off: the {@link Uploader} waits once for all. Only what no waiting helps is tried again at once, and once: a wrong clock and stale
 * credentials.
 */
public final class S3Frames implements AutoCloseable {
    private final String bucket;
    private final LongPredicate refused;
    private final ServerClock serverClock;
    private final S3Client client;

    /**
     * @param refused told that S3 refused the credentials in force at this {@link System#nanoTime}; says whether others will be had for the asking
     * @param connections how many uploads run at once
     * @param patience for one attempt, from connecting to the answer
     * @param clock this machine's
     */
    public S3Frames(
            Bucket bucket,
            AwsCredentialsProvider credentials,
            LongPredicate refused,
            int connections,
            Duration patience,
            Clock clock) {
        this.bucket = bucket.name();
        this.refused = refused;
        this.serverClock = new ServerClock(clock);
        this.client = client(bucket, credentials, connections, patience, serverClock);
    }

    /** A client that tries nothing again by itself. */
    static S3Client client(
            Bucket bucket,
            AwsCredentialsProvider credentials,
            int connections,
            Duration patience,
            ServerClock serverClock) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .credentialsProvider(credentials)
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(connections)
                        .connectionTimeout(patience.dividedBy(3))
                        .socketTimeout(patience))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(serverClock)
                        .apiCallTimeout(patience));
        bucket.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        return builder.build();
    }

    /** Stores one frame; blocks for twice {@code patience} at most. */
    public UploadOutcome put(FrameKey key, byte[] jpeg) {
        long beganNanos = System.nanoTime();
        try {
            return putOnce(key, jpeg);
        } catch (S3Exception e) {
            boolean mended = S3Answer.isAboutTime(e) || (S3Answer.isAboutCredentials(e) && refused.test(beganNanos));
            return mended ? putAgain(key, jpeg) : S3Answer.judge(e);
        } catch (SdkClientException e) {
            return new UploadOutcome.Unreachable(rootCause(e));
        }
    }

    private UploadOutcome putAgain(FrameKey key, byte[] jpeg) {
        try {
            return putOnce(key, jpeg);
        } catch (S3Exception e) {
            return S3Answer.judge(e);
        } catch (SdkClientException e) {
            return new UploadOutcome.Unreachable(rootCause(e));
        }
    }

    private UploadOutcome putOnce(FrameKey key, byte[] jpeg) {
        return S3Answer.judge(
                client.putObject(
                        request -> request.bucket(bucket)
                                .key(key.format())
                                .ifNoneMatch("*")
                                .contentType("image/jpeg"),
                        RequestBody.fromBytes(jpeg)),
                jpeg);
    }

    /** This machine's clock minus S3's, to about a second; null before its first answer. */
    public @Nullable Long clockSkewMillis() {
        return serverClock.skewMillis();
    }

    static String rootCause(Throwable e) {
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
