package dev.affray.cloud.local.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Properties;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * S3 in this process, on 127.0.0.1: path-style addresses, signatures checked, objects as files under a folder. An object appears whole or not at
 * all (written beside its place, then linked or renamed); it is not forced to the disk, so a power cut may cost the last seconds.
 */
public final class LocalS3 implements AutoCloseable {
    /** The one bucket. */
    public static final String BUCKET = "affray-frames";

    /** The region that clients sign for and that events name. */
    public static final String REGION = "eu-west-1";

    private final S3Proxy proxy;
    private final BlobStore files;
    private final URI endpoint;

    private LocalS3(S3Proxy proxy, BlobStore files) {
        this.proxy = proxy;
        this.files = files;
        this.endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /**
     * Starts serving, and creates the bucket when it is absent.
     *
     * @param folder holds the bucket; made when absent
     * @param port 0 for any free one
     * @param access who may do what; requests of anybody else are refused
     * @param events gets every object created under {@code live/} or {@code backlog/}
     * @throws IOException when the folder cannot be made or the port is taken
     */
    public static LocalS3 start(Path folder, int port, Access access, EventSink events) throws IOException {
        Path root = Files.createDirectories(folder.toAbsolutePath().normalize());
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", root.toString());
        BlobStore files = BlobStores.create("filesystem-nio2", properties);
        if (!files.containerExists(BUCKET)) {
            files.createContainer(BUCKET);
        }
        BlobStore whole = new NotifyingStore(files, events, Clock.systemUTC(), REGION);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new ClosedStore(files))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, access.accessKeyId(), access.secretAccessKey())
                .ignoreUnknownHeaders(true)
                .build();
        proxy.setBlobStoreLocator((identity, bucket, key) -> grant(access, identity, whole));
        try {
            proxy.start();
        } catch (Exception e) {
            files.close();
            throw new IOException("cannot serve S3 on 127.0.0.1 port " + port + ": " + e.getMessage(), e);
        }
        return new LocalS3(proxy, files);
    }

    /** Where it listens, with the port it really has. */
    public URI endpoint() {
        return endpoint;
    }

    /** Stops serving; what is stored stays. Idempotent. */
    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3 did not stop", e);
        } finally {
            files.close();
        }
    }

    private static @Nullable AccessGrant grant(Access access, @Nullable String identity, BlobStore whole) {
        if (identity == null) {
            return null;
        }
        if (identity.equals(access.accessKeyId())) {
            return new AccessGrant(access.secretAccessKey(), whole);
        }
        return access.gateways()
                .find(identity)
                .map(grant -> new AccessGrant(grant.secret(), new GatewayStore(whole, BUCKET, grant.thing())))
                .orElse(null);
    }
}
