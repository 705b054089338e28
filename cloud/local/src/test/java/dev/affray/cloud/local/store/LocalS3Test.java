package dev.affray.cloud.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.frame.Line;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.eventnotifications.s3.model.S3EventNotification;
import software.amazon.awssdk.eventnotifications.s3.model.S3EventNotificationRecord;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

class LocalS3Test {
    private static final String LIVE = "live/gw1/door/2026/11/21/07/1795244400000-0000000001-na.jpg";
    private static final byte[] MASTER = new byte[32];
    private static final byte[] JPEG = new byte[50_000];

    @TempDir
    Path folder;

    private final GatewayKeys keys = new GatewayKeys(MASTER, Clock.systemUTC());
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean sinkFails;
    private LocalS3 server;
    private S3Client own;

    @BeforeEach
    void start() throws IOException {
        server = LocalS3.start(folder, 0, new Access("local", "local-secret", keys), this::take);
        own = client(AwsBasicCredentials.create("local", "local-secret"));
    }

    @AfterEach
    void stop() {
        own.close();
        server.close();
    }

    private void take(Line line, String event) {
        if (sinkFails) {
            throw new IllegalStateException("the queue is away");
        }
        events.add(line + " " + event);
    }

    private S3Client client(AwsCredentials credentials) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(LocalS3.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private S3Client gateway(String thing) {
        GatewayKeys.Key key = keys.mint(thing, Duration.ofMinutes(5));
        return client(AwsSessionCredentials.create(key.accessKeyId(), key.secretAccessKey(), key.sessionToken()));
    }

    private void put(S3Client client, String key) {
        client.putObject(b -> b.bucket(LocalS3.BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromBytes(JPEG));
    }

    private S3EventNotificationRecord event(int index) {
        String json = events.get(index).substring(events.get(index).indexOf(' ') + 1);
        return S3EventNotification.fromJson(json).getRecords().getFirst();
    }

    @Test
    void announcesAFrameInTheShapeOfS3() {
        try (S3Client gateway = gateway("gw1")) {
            put(gateway, LIVE);
            put(gateway, "backlog/gw1/a b+ä.jpg");
        }
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).startsWith("LIVE ");
        assertThat(events.get(1)).startsWith("BACKLOG ").contains("\"backlog/gw1/a+b%2B%C3%A4.jpg\"");
        S3EventNotificationRecord record = event(0);
        assertThat(record.getEventVersion()).isEqualTo("2.1");
        assertThat(record.getEventSource()).isEqualTo("aws:s3");
        assertThat(record.getEventName()).isEqualTo("ObjectCreated:Put");
        assertThat(record.getEventTime()).isNotNull();
        assertThat(record.getS3().getBucket().getName()).isEqualTo(LocalS3.BUCKET);
        assertThat(record.getS3().getObject().getKey()).isEqualTo(LIVE);
        assertThat(record.getS3().getObject().getSizeAsLong()).isEqualTo(JPEG.length);
        assertThat(record.getS3().getObject().getETag())
                .isEqualTo(own.headObject(b -> b.bucket(LocalS3.BUCKET).key(LIVE))
                        .eTag()
                        .replace("\"", ""));
        assertThat(record.getS3().getObject().getSequencer())
                .isLessThan(event(1).getS3().getObject().getSequencer());
    }

    @Test
    void announcesCopiesAndMultipartUploads_andNothingOutsideTheLines() {
        own.putObject(b -> b.bucket(LocalS3.BUCKET).key("clips/gw1/a.mp4"), RequestBody.fromBytes(JPEG));
        assertThat(events).isEmpty();
        own.copyObject(CopyObjectRequest.builder()
                .sourceBucket(LocalS3.BUCKET)
                .sourceKey("clips/gw1/a.mp4")
                .destinationBucket(LocalS3.BUCKET)
                .destinationKey("live/gw1/copied")
                .build());
        String upload = own.createMultipartUpload(b -> b.bucket(LocalS3.BUCKET).key("live/gw1/parts"))
                .uploadId();
        String eTag = own.uploadPart(
                        b -> b.bucket(LocalS3.BUCKET)
                                .key("live/gw1/parts")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromBytes(JPEG))
                .eTag();
        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(eTag).build();
        own.completeMultipartUpload(b -> b.bucket(LocalS3.BUCKET)
                .key("live/gw1/parts")
                .uploadId(upload)
                .multipartUpload(CompletedMultipartUpload.builder().parts(part).build()));
        assertThat(events).hasSize(2);
        assertThat(event(0).getEventName()).isEqualTo("ObjectCreated:Copy");
        assertThat(event(1).getEventName()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(event(1).getS3().getObject().getSizeAsLong()).isEqualTo(JPEG.length);
    }

    @Test
    void refusesAPut_untilItsEventIsHandedOn() {
        sinkFails = true;
        assertThat(status(() -> put(own, LIVE))).isEqualTo(503);
        assertThat(status(() -> put(own, LIVE))).isEqualTo(503);
        sinkFails = false;
        assertThat(status(() -> put(own, LIVE))).isEqualTo(412);
        assertThat(events).hasSize(1);
        assertThat(event(0).getS3().getObject().getSizeAsLong()).isEqualTo(JPEG.length);
    }

    @Test
    void letsAGatewayUseItsOwnPrefixesAndNothingElse() {
        put(own, "live/gw2/theirs");
        put(own, "config/secret");
        own.createBucket(b -> b.bucket("other-bucket"));
        events.clear();
        try (S3Client gateway = gateway("gw1")) {
            for (String prefix : List.of("live", "backlog", "clips")) {
                String key = prefix + "/gw1/x";
                put(gateway, key);
                assertThat(gateway.headObject(b -> b.bucket(LocalS3.BUCKET).key(key))
                                .contentLength())
                        .isEqualTo(JPEG.length);
                assertThat(gateway.getObjectAsBytes(
                                        b -> b.bucket(LocalS3.BUCKET).key(key))
                                .asByteArray())
                        .isEqualTo(JPEG);
                assertThat(status(() -> put(gateway, key))).isEqualTo(412);
                assertDenied(
                        () -> gateway.deleteObject(b -> b.bucket(LocalS3.BUCKET).key(key)));
            }
            for (String key : List.of("live/gw2/x", "live/gw12/x", "live/gw1", "other/gw1/x", "x")) {
                assertDenied(() -> put(gateway, key));
            }
            for (String key : List.of("live/gw1/../gw2/x", "live/gw1//x", "live/gw1/./x", "live/gw1/..\\x")) {
                RequestBody small = RequestBody.fromString("x");
                assertThat(status(() ->
                                gateway.putObject(b -> b.bucket(LocalS3.BUCKET).key(key), small)))
                        .as(key)
                        .isIn(400, 403);
            }
            for (String key : List.of("live/gw2/theirs", "config/secret")) {
                assertDenied(() ->
                        gateway.getObjectAsBytes(b -> b.bucket(LocalS3.BUCKET).key(key)));
                assertDenied(
                        () -> gateway.headObject(b -> b.bucket(LocalS3.BUCKET).key(key)));
            }
            assertDenied(() ->
                    gateway.putObject(b -> b.bucket("other-bucket").key("live/gw1/x"), RequestBody.fromBytes(JPEG)));
            assertDenied(gateway::listBuckets);
            assertDenied(
                    () -> gateway.listObjectsV2(b -> b.bucket(LocalS3.BUCKET).prefix("live/gw1/")));
            assertDenied(() -> gateway.listObjects(b -> b.bucket(LocalS3.BUCKET)));
            assertDenied(() -> gateway.headBucket(b -> b.bucket(LocalS3.BUCKET)));
            assertDenied(() -> gateway.createBucket(b -> b.bucket("mine")));
            assertDenied(() -> gateway.deleteBucket(b -> b.bucket("other-bucket")));
            assertDenied(() ->
                    gateway.createMultipartUpload(b -> b.bucket(LocalS3.BUCKET).key("live/gw1/parts")));
            assertDenied(() -> gateway.copyObject(CopyObjectRequest.builder()
                    .sourceBucket(LocalS3.BUCKET)
                    .sourceKey("config/secret")
                    .destinationBucket(LocalS3.BUCKET)
                    .destinationKey("live/gw1/copied")
                    .build()));
            assertThat(gateway.deleteObjects(
                                    b -> b.bucket(LocalS3.BUCKET).delete(d -> d.objects(o -> o.key("live/gw1/x"))))
                            .errors())
                    .extracting(S3Error::code)
                    .containsExactly("AccessDenied");
        }
        assertThat(own.listObjectsV2(b -> b.bucket(LocalS3.BUCKET)).contents())
                .extracting(object -> object.key())
                .containsExactlyInAnyOrder(
                        "live/gw1/x", "backlog/gw1/x", "clips/gw1/x", "live/gw2/theirs", "config/secret");
    }

    @Test
    void knowsNobodyElse() throws Exception {
        put(own, LIVE);
        try (S3Client stranger = client(AwsBasicCredentials.create("someone", "local-secret"));
                S3Client forger = client(AwsBasicCredentials.create("local", "guess"))) {
            assertDenied(() -> put(stranger, "live/gw1/x"));
            assertDenied(() -> put(forger, "live/gw1/x"));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI frame = URI.create(server.endpoint() + "/" + LocalS3.BUCKET + "/" + LIVE);
            assertThat(http.send(HttpRequest.newBuilder(frame).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void forgetsAnExpiredKey() throws IOException {
        Clock[] clock = {Clock.systemUTC()};
        GatewayKeys shortLived = new GatewayKeys(MASTER, new ShiftingClock(clock));
        try (LocalS3 other = LocalS3.start(
                folder.resolve("other"), 0, new Access("local", "local-secret", shortLived), this::take)) {
            GatewayKeys.Key key = shortLived.mint("gw1", Duration.ofMinutes(5));
            try (S3Client gateway = S3Client.builder()
                    .endpointOverride(other.endpoint())
                    .region(Region.of(LocalS3.REGION))
                    .forcePathStyle(true)
                    .credentialsProvider(StaticCredentialsProvider.create(
                            AwsSessionCredentials.create(key.accessKeyId(), key.secretAccessKey(), key.sessionToken())))
                    .build()) {
                put(gateway, LIVE);
                clock[0] = Clock.offset(clock[0], Duration.ofMinutes(6));
                assertDenied(() -> put(gateway, "live/gw1/x"));
            }
            assertThat(key.toString()).doesNotContain(key.secretAccessKey()).doesNotContain(key.sessionToken());
        }
    }

    @Test
    void keepsObjectsAcrossARestart_andLeavesNoTemporaryFiles() throws IOException {
        put(own, LIVE);
        server.close();
        server = LocalS3.start(folder, 0, new Access("local", "local-secret", keys), this::take);
        try (S3Client again = client(AwsBasicCredentials.create("local", "local-secret"))) {
            assertThat(again.getObjectAsBytes(b -> b.bucket(LocalS3.BUCKET).key(LIVE))
                            .asByteArray())
                    .isEqualTo(JPEG);
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactly(folder.resolve(LocalS3.BUCKET).resolve(LIVE));
        }
    }

    @Test
    void deniesEachOperationThatAForwardingStoreWouldPassOn() {
        Set<String> harmless = Set.of(
                "delegate",
                "close",
                "supportsVersioning",
                "supportsServerSideEncryption",
                "supportsBucketEncryption",
                "getMinimumMultipartPartSize");
        assertThat(Arrays.stream(ForwardingBlobStore.class.getDeclaredMethods())
                        .filter(method ->
                                Modifier.isPublic(method.getModifiers()) && !harmless.contains(method.getName())))
                .allSatisfy(method -> assertThat(
                                ClosedStore.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .isNotNull());
    }

    @Test
    void knowsAGatewaysKeyAgainAfterARestart() {
        GatewayKeys.Key key = keys.mint("g".repeat(64), Duration.ofMinutes(5));
        assertThat(key.accessKeyId()).matches("ASIA[A-Z0-9]{12,124}");
        assertThat(new GatewayKeys(MASTER, Clock.systemUTC()).find(key.accessKeyId()))
                .contains(new GatewayKeys.Grant("g".repeat(64), key.secretAccessKey()));
        assertThat(new GatewayKeys("another master key".getBytes(StandardCharsets.UTF_8), Clock.systemUTC())
                        .find(key.accessKeyId()))
                .get()
                .extracting(GatewayKeys.Grant::secret)
                .isNotEqualTo(key.secretAccessKey());
        assertThat(keys.find("ASIA")).isEmpty();
        assertThat(keys.find("ASIA-1")).isEmpty();
        assertThat(keys.find("AKIDEXAMPLE")).isEmpty();
    }

    private static void assertDenied(Runnable call) {
        assertThat(status(call)).isEqualTo(403);
    }

    private static int status(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    private static final class ShiftingClock extends Clock {
        private final Clock[] current;

        ShiftingClock(Clock[] current) {
            this.current = current;
        }

        @Override
        public java.time.ZoneId getZone() {
            return current[0].getZone();
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return current[0].withZone(zone);
        }

        @Override
        public java.time.Instant instant() {
            return current[0].instant();
        }
    }
}
