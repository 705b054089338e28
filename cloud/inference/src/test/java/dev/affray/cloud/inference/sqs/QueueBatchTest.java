package dev.affray.cloud.inference.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.inference.Cause;
import dev.affray.cloud.inference.Detector;
import dev.affray.cloud.inference.Events;
import dev.affray.cloud.inference.Inference;
import dev.affray.cloud.inference.InferenceBatch;
import dev.affray.cloud.inference.wire.SqsStandIn;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.FrameKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

class QueueBatchTest {
    private static final Instant NOW = Instant.parse("2026-11-20T21:00:00Z");
    private static final CameraId CAMERA = new CameraId("gate", "door");

    private final SqsStandIn sqs = new SqsStandIn();
    private final SqsClient client = SqsClient.builder()
            .endpointOverride(sqs.wire().endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    private final SourceQueue queue = new SourceQueue(client, sqs.url("live"), sqs.url("live-dead"));
    private Database database;
    private SqliteDetectionStore detections;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        detections = new SqliteDetectionStore(database);
    }

    @AfterEach
    void close() {
        client.close();
        sqs.close();
        database.close();
    }

    @Test
    void onlyWhatMustComeAgainIsNamed_andItRestsLongerTheOftenerItCame() {
        QueueBatch.Result result = batch().handle(
                        List.of(frame("good", 0, 1), frame("throttled", 1, 1), frame("throttled-often", 2, 7)),
                        () -> true);

        assertThat(result)
                .isEqualTo(new QueueBatch.Result(
                        List.of("throttled", "throttled-often"), 1, 0, 0, 0, 0, 0, Map.of(Cause.THROTTLED, 2L)));
        assertThat(sqs.rests("live"))
                .hasSize(2)
                .hasEntrySatisfying("receipt-throttled", s -> assertThat(s).isBetween(2, 5))
                .hasEntrySatisfying(
                        "receipt-throttled-often", s -> assertThat(s).isBetween(160, 320));
        assertThat(sqs.sent("live-dead")).isEmpty();
    }

    @Test
    void whatCanNeverBeJudgedIsSetAsideWithItsReason_thenSettled() {
        Delivery noEvent = new Delivery("no-event", "receipt-no-event", "\"hello\"", 1);
        Delivery odd = new Delivery("odd", "receipt-odd", Events.message(NOW, "live/%00%0Aodd.txt"), 1);

        QueueBatch.Result result = batch().handle(List.of(noEvent, odd), () -> true);

        assertThat(result.again()).isEmpty();
        assertThat(result.refused()).isEqualTo(2);
        assertThat(sqs.sent("live-dead")).extracting(List::getFirst).containsExactly(noEvent.body(), odd.body());
        assertThat(sqs.sent("live-dead").get(1).getLast()).contains("live/??odd.txt");
    }

    @Test
    void whatCannotBeSetAsideStays_andIsNotCountedAsRefused() {
        sqs.breakDown();

        QueueBatch.Result result = batch().handle(List.of(new Delivery("no-event", "r", "{}", 1)), () -> true);

        assertThat(result).isEqualTo(new QueueBatch.Result(List.of("no-event"), 0, 0, 0, 0, 0, 0, Map.of()));
    }

    @Test
    void takesUpNothingMore_whenTimeIsShort_andGivesTheRestBackAtOnce() {
        AtomicInteger left = new AtomicInteger(1);

        QueueBatch.Result result = batch().handle(
                        List.of(frame("first", 0, 1), frame("second", 1, 9), frame("third", 2, 9)),
                        () -> left.getAndDecrement() > 0);

        assertThat(result.again()).containsExactly("second", "third");
        assertThat(result.putOff()).isEqualTo(Map.of(Cause.NO_TIME, 2L));
        assertThat(sqs.rests("live")).isEqualTo(Map.of("receipt-second", 0, "receipt-third", 0));
        assertThat(detections.newest(CAMERA)).map(d -> d.frame().sequence()).contains(0L);
    }

    @Test
    void moreThanTenDeliveriesRest_inRequestsOfTen() {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            deliveries.add(frame("throttled-" + i, i, 1));
        }

        batch().handle(deliveries, () -> true);

        assertThat(sqs.rests("live")).hasSize(23);
        assertThat(sqs.wire().requests("ChangeMessageVisibilityBatch")).hasSize(3);
    }

    /** The id says how the detector behaves. */
    private Delivery frame(String id, int sequence, int receiveCount) {
        int score = id.startsWith("throttled") ? 99 : 10;
        FrameKey key = Events.frame(CAMERA, NOW.plusSeconds(sequence), sequence, score);
        return new Delivery(id, "receipt-" + id, Events.message(NOW, key.format()), receiveCount);
    }

    private QueueBatch batch() {
        Detector detector = new Throttled99();
        Inference inference = new Inference(
                detections,
                new SqliteIncidentStore(database),
                _ -> AlertRule.DEFAULT,
                detector,
                Clock.fixed(NOW, ZoneOffset.UTC));
        return new QueueBatch(new InferenceBatch(inference), queue, new Random(1));
    }

    private static final class Throttled99 implements Detector {
        @Override
        public String name() {
            return "throttled-at-99";
        }

        @Override
        public Opinion judge(String bucket, FrameKey key) {
            int score = key.frame().edgeScore().orElseThrow();
            return score == 99
                    ? new Opinion.Later(Cause.THROTTLED, "often")
                    : new Opinion.Judged(name(), "fight", score);
        }
    }
}
