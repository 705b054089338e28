package dev.affray.agent.upload;

import dev.affray.command.ClipKey;
import dev.affray.command.CommandKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Where clips and snapshots go: files, which are sent as they lie on the disk. An object is written only where none is yet. An attempt that fails is repeated
 * until the caller's time is over. The cap on bytes a second holds for them and the frames together. Thread-safe.
 */
public final class S3Clips implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 4;

    private final String bucket;
    private final LongPredicate refused;
    private final Optional<Bandwidth> cap;
    private final Duration firstPause;
    private final S3Client client;

    /**
     * @param refused told that S3 refused the credentials in force at this {@link System#nanoTime}; says whether others will be had for the asking
     * @param uploader whose cap on bytes a second is shared
     * @param clock this machine's
     */
    public S3Clips(
            Bucket bucket, AwsCredentialsProvider credentials, LongPredicate refused, Uploader uploader, Clock clock) {
        this(bucket, credentials, refused, uploader.cap(), clock, FIRST_PAUSE);
    }

    S3Clips(
            Bucket bucket,
            AwsCredentialsProvider credentials,
            LongPredicate refused,
            Optional<Bandwidth> cap,
            Clock clock,
            Duration firstPause) {
        this.bucket = bucket.name();
        this.refused = refused;
        this.cap = cap;
        this.firstPause = firstPause;
        this.client = S3Frames.client(bucket, credentials, CONNECTIONS, PATIENCE, new ServerClock(clock));
    }

    /**
     * Stores a file.
     *
     * @param within how long to try
     * @return the outcome of the last attempt that was not cut short
     * @throws IOException when the file cannot be read
     */
    public UploadOutcome put(ClipKey key, Path file, Duration within) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + within.toNanos();
        String checksum = S3Answer.checksum(file);
        Duration pause = firstPause;
        UploadOutcome outcome = attempt(key, file, checksum, endNanos);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            boolean over = outcome instanceof UploadOutcome.Stored || outcome instanceof UploadOutcome.Rejected;
            if (over || left(endNanos).compareTo(pause) <= 0) {
                return outcome;
            }
            Thread.sleep(pause);
            UploadOutcome before = outcome;
            outcome = attempt(key, file, checksum, endNanos);
            if (outcome instanceof UploadOutcome.Unreachable && System.nanoTime() - endNanos >= 0) {
                // It was cut short; what S3 said before tells more.
                return before;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static Duration left(long endNanos) {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }

    private UploadOutcome attempt(ClipKey key, Path file, String checksum, long endNanos) throws IOException {
        long beganNanos = System.nanoTime();
        try {
            return putOnce(key, file, checksum, endNanos);
        } catch (S3Exception e) {
            boolean mended = S3Answer.isAboutTime(e) || (S3Answer.isAboutCredentials(e) && refused.test(beganNanos));
            return mended ? attemptAgain(key, file, checksum, endNanos) : S3Answer.judge(e);
        } catch (SdkClientException e) {
            return new UploadOutcome.Unreachable(S3Frames.rootCause(e));
        }
    }

    private UploadOutcome attemptAgain(ClipKey key, Path file, String checksum, long endNanos) throws IOException {
        try {
            return putOnce(key, file, checksum, endNanos);
        } catch (S3Exception e) {
            return S3Answer.judge(e);
        } catch (SdkClientException e) {
            return new UploadOutcome.Unreachable(S3Frames.rootCause(e));
        }
    }

    private UploadOutcome putOnce(ClipKey key, Path file, String checksum, long endNanos) throws IOException {
        String type = key.kind() == CommandKind.SNAPSHOT ? "image/jpeg" : "video/mp4";
        RequestBody body = RequestBody.fromContentProvider(new PacedFile(file, cap), Files.size(file), type);
        try {
            return S3Answer.judge(
                    client.putObject(
                            request -> request.bucket(bucket)
                                    .key(key.format())
                                    .ifNoneMatch("*")
                                    .contentType(type)
                                    .overrideConfiguration(
                                            configuration -> configuration.apiCallTimeout(left(endNanos))),
                            body),
                    checksum);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
