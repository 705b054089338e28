package dev.affray.cloud.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** What one gateway sees of the bucket: PUT, HEAD and GET under its own prefixes, and nothing else. */
final class GatewayStore extends ClosedStore {
    private static final List<String> ROOTS = List.of("live", "backlog", "clips");
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    private static final int DRAINED = 16 << 20;

    private final String bucket;
    private final String thing;

    GatewayStore(BlobStore whole, String bucket, String thing) {
        super(whole);
        this.bucket = bucket;
        this.thing = thing;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        if (!isOwn(request.bucket(), request.key())) {
            drain(body);
            throw denied();
        }
        return delegate().putBlob(request, body);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        check(request.bucket(), request.key());
        return delegate().blobMetadata(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        check(request.bucket(), request.key());
        return delegate().getBlob(request);
    }

    private void check(String name, String key) {
        if (!isOwn(name, key)) {
            throw denied();
        }
    }

    /** Whole path segments are compared, and none may be a step sideways: objects are files. */
    private boolean isOwn(String name, String key) {
        List<String> parts = List.of(key.split("/", -1));
        return bucket.equals(name)
                && parts.size() > 2
                && ROOTS.contains(parts.get(0))
                && parts.get(1).equals(thing)
                && parts.stream().noneMatch(part -> NO_NAMES.contains(part) || part.indexOf('\\') >= 0);
    }

    /** A client still writing its body when the connection closes would see a broken pipe instead of the refusal. */
    private static void drain(InputStream body) {
        try {
            byte[] waste = new byte[8192];
            int read = 0;
            for (int total = 0; read >= 0 && total < DRAINED; total += read) {
                read = body.read(waste);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
