package dev.affray.agent.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes one small object where only this gateway may write, and where no event follows: {@code clips/{thing}/check}, the same each time. It expires
 * with the clips. For one thread.
 */
public final class S3Trial implements AutoCloseable {
    private static final byte[] TEXT =
            "Written by affray-agent check to see whether it can.\n".getBytes(StandardCharsets.UTF_8);

    private final String bucket;
    private final String key;
    private final ServerClock serverClock;
    private final S3Client client;

    /** What came of an attempt. */
    public sealed interface Outcome {
        /** As it should be. */
        record Done() implements Outcome {}

        /**
         * S3 said no.
         *
         * @param status of HTTP
         * @param code S3's word for it, such as {@code NoSuchBucket}; empty where it said none
         */
        record Refused(int status, String code) implements Outcome {}

        /** Nothing that S3 would say; {@code reason} is fit for people. */
        record Unreachable(String reason) implements Outcome {}
    }

    /** @param patience for one attempt, from connecting to the answer */
    public S3Trial(Bucket bucket, AwsCredentialsProvider credentials, String thing, Duration patience, Clock clock) {
        this.bucket = bucket.name();
        this.key = "clips/" + thing + "/check";
        this.serverClock = new ServerClock(clock);
        this.client = S3Frames.client(bucket, credentials, 1, patience, serverClock);
    }

    /** Where the object is. */
    public String key() {
        return key;
    }

    /** Writes it; once more where only the time in the signature was wrong. */
    public Outcome put() {
        Outcome first = attempt(this::putOnce);
        return first instanceof Outcome.Refused refused && refused.code().equals("RequestTimeTooSkewed")
                ? attempt(this::putOnce)
                : first;
    }

    /** Reads it back. */
    public Outcome get() {
        return attempt(this::getOnce);
    }

    private Outcome putOnce() throws IOException {
        var answer = client.putObject(
                request -> request.bucket(bucket).key(key).contentType("text/plain"), RequestBody.fromBytes(TEXT));
        return switch (S3Answer.judge(answer, TEXT)) {
            case UploadOutcome.Stored() -> new Outcome.Done();
            case UploadOutcome.Retry(String reason) -> throw new IOException(reason);
            case UploadOutcome.Unreachable(String reason) -> throw new IOException(reason);
            case UploadOutcome.Rejected(String reason) -> throw new IOException(reason);
        };
    }

    private Outcome getOnce() throws IOException {
        byte[] read = client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArrayUnsafe();
        if (!Arrays.equals(read, TEXT)) {
            throw new IOException("what came back is not what was written");
        }
        return new Outcome.Done();
    }

    private interface Attempt {
        Outcome run() throws IOException;
    }

    private static Outcome attempt(Attempt attempt) {
        try {
            return attempt.run();
        } catch (S3Exception e) {
            return e.awsErrorDetails() != null
                            && S3Answer.isOfS3(e.awsErrorDetails().sdkHttpResponse())
                    ? new Outcome.Refused(e.statusCode(), S3Answer.code(e))
                    : new Outcome.Unreachable("something else than S3 answered in its place, with " + e.statusCode());
        } catch (SdkClientException e) {
            return new Outcome.Unreachable(S3Frames.rootCause(e));
        } catch (IOException e) {
            return new Outcome.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** This machine's clock minus S3's, to about a second; null before its first answer. */
    public @Nullable Long clockSkewMillis() {
        return serverClock.skewMillis();
    }

    @Override
    public void close() {
        client.close();
    }
}
