package dev.affray.cloud.local.store;

import dev.affray.frame.Line;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Announces every object created under {@code live/} or {@code backlog/} before its client is answered. An object that could not be announced is
 * answered with 503; when the client then repeats its conditional PUT, or a crash came between storing and announcing, the refusal because the
 * object is there already announces it again. So an acknowledged object was announced at least once.
 */
final class NotifyingStore extends ForwardingBlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyingStore.class);
    private static final int PRECONDITION_FAILED = 412;

    private final EventSink sink;
    private final Clock clock;
    private final String region;
    private final AtomicLong sequencer = new AtomicLong();
    private volatile boolean failing;

    NotifyingStore(BlobStore files, EventSink sink, Clock clock, String region) {
        super(files);
        this.sink = sink;
        this.clock = clock;
        this.region = region;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        PutObjectResponse stored;
        try {
            stored = super.putBlob(request, body);
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED && "*".equals(request.ifNoneMatch())) {
                announce("Put", request.bucket(), request.key());
            }
            throw e;
        }
        announce("Put", request.bucket(), request.key());
        return stored;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse stored = super.copyBlob(request);
        announce("Copy", request.destinationBucket(), request.destinationKey());
        return stored;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse stored = super.completeMultipartUpload(upload, request);
        announce("CompleteMultipartUpload", upload.containerName(), upload.blobName());
        return stored;
    }

    private void announce(String operation, String bucket, String key) {
        Optional<Line> line = Line.ofPrefix(key.substring(0, Math.max(0, key.indexOf('/'))));
        if (line.isEmpty()) {
            return;
        }
        try {
            sink.created(line.get(), event(operation, bucket, key));
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("Frames are stored but cannot be queued; gateways will repeat them: {}", e.toString());
            }
            throw S3Exceptions.fromStatusCode(503, e);
        }
    }

    private String event(String operation, String bucket, String key) {
        HeadObjectResponse object = blobMetadata(bucket, key);
        Instant now = clock.instant();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        long sequence = sequencer.updateAndGet(last -> Math.max(last + 1, micros));
        String eTag = object.eTag() == null ? "" : object.eTag().replace("\"", "");
        return new ObjectCreated(operation, now, region, bucket, key, object.contentLength(), eTag, sequence).toJson();
    }
}
