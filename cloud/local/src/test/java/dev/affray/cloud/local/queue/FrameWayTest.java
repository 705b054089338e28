package dev.affray.cloud.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.affray.cloud.local.store.Access;
import dev.affray.cloud.local.store.GatewayKeys;
import dev.affray.cloud.local.store.LocalS3;
import dev.affray.frame.Line;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.eventnotifications.s3.model.S3EventNotification;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** From a gateway's PUT to the batch that a detector gets, over the real protocols. */
class FrameWayTest {
    private static final int FRAMES = 40;

    @TempDir
    Path folder;

    @Test
    void bringsEachUploadedFrameToTheHandlerOfItsLine() throws Exception {
        GatewayKeys keys = new GatewayKeys(new byte[32], Clock.systemUTC());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (LocalSqs sqs = LocalSqs.start(folder.resolve("sqs"), 0);
                LocalS3 s3 = LocalS3.start(folder.resolve("s3"), 0, new Access("own", "secret", keys), sqs::send);
                QueuePump live = pump(sqs, Line.LIVE, seen);
                QueuePump backlog = pump(sqs, Line.BACKLOG, seen);
                S3Client gateway = gateway(s3, keys.mint("gw1", Duration.ofMinutes(5)))) {
            for (int i = 0; i < FRAMES; i++) {
                String key = (i % 4 == 0 ? "backlog" : "live") + "/gw1/door/" + i + ".jpg";
                gateway.putObject(b -> b.bucket(LocalS3.BUCKET).key(key), RequestBody.fromBytes(new byte[60_000]));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> live.idle() && backlog.idle());
            assertThat(live.counts()).isEqualTo(new QueuePump.Counts(30, 0, 0));
            assertThat(backlog.counts()).isEqualTo(new QueuePump.Counts(10, 0, 0));
            assertThat(seen).hasSize(FRAMES).contains("LIVE live/gw1/door/1.jpg", "BACKLOG backlog/gw1/door/0.jpg");
        }
    }

    private static QueuePump pump(LocalSqs sqs, Line line, Set<String> seen) {
        return QueuePump.start(line.prefix(), sqs.client(), sqs.queueUrl(line), 1, Duration.ofSeconds(1), batch -> {
            for (QueueMessage message : batch) {
                S3EventNotification.fromJson(message.body())
                        .getRecords()
                        .forEach(event ->
                                seen.add(line + " " + event.getS3().getObject().getUrlDecodedKey()));
            }
            return Set.of();
        });
    }

    private static S3Client gateway(LocalS3 s3, GatewayKeys.Key key) {
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.of(LocalS3.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(key.accessKeyId(), key.secretAccessKey(), key.sessionToken())))
                .build();
    }
}
