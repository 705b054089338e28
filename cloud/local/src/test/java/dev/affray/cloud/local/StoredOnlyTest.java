package dev.affray.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.cloud.inference.EdgeScoreDetector;
import dev.affray.cloud.local.store.Access;
import dev.affray.cloud.local.store.GatewayKeys;
import dev.affray.cloud.local.store.LocalS3;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class StoredOnlyTest {
    @TempDir
    Path folder;

    @Test
    void judgesAFrameThatIsThere_andNoneThatNobodyStored() throws Exception {
        Access access = new Access("own", "secret", new GatewayKeys(new byte[32], Clock.systemUTC()));
        try (LocalS3 s3 = LocalS3.start(folder, 0, access, (_, _) -> {});
                FrameStore frames = store(s3.endpoint());
                S3Client client = client(s3.endpoint())) {
            client.putObject(b -> b.bucket(LocalS3.BUCKET).key(key(1).format()), RequestBody.fromString("a picture"));
            StoredOnly detector = new StoredOnly(new EdgeScoreDetector(), frames);

            assertThat(detector.judge("b", key(1))).isEqualTo(new Opinion.Judged("edge-score", "edge-score", 88));
            assertThat(detector.judge("b", key(2))).isInstanceOf(Opinion.Unusable.class);
        }
    }

    @Test
    void waits_whenTheStoreDoesNotAnswer() {
        try (FrameStore frames = store(URI.create("http://127.0.0.1:1"))) {
            assertThat(new StoredOnly(new EdgeScoreDetector(), frames).judge("b", key(1)))
                    .isInstanceOf(Opinion.Later.class);
        }
    }

    private static FrameStore store(URI endpoint) {
        return new FrameStore(endpoint, LocalS3.REGION, LocalS3.BUCKET, "own", "secret");
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(LocalS3.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "secret")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    private static FrameKey key(int sequence) {
        Instant at = Instant.parse("2026-11-20T21:00:00Z");
        return new FrameKey(
                Line.LIVE, new Frame(new CameraId("this-machine", "door"), at, sequence, OptionalInt.of(88)));
    }
}
