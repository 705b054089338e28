package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.DetectionStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.dynamodb.Dynalite;
import dev.affray.cloud.state.dynamodb.DynamoDetectionStore;
import dev.affray.cloud.state.dynamodb.DynamoIncidentStore;
import dev.affray.cloud.state.dynamodb.Tables;
import dev.affray.frame.CameraId;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Faults that systems of this kind are known for, each of which must not be in this one. */
class KnownFaultsIT {
    private static final Instant NOW = Instant.parse("2026-11-20T21:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static DynamoDbClient client;
    private static Tables tables;
    private static DetectionStore detections;
    private static IncidentStore incidents;

    @BeforeAll
    static void start() {
        client = Dynalite.shared().client();
        tables = Tables.in(client);
        detections = table(tables.detections());
        incidents = heads(tables.heads());
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
    }

    @Test
    void notOnlyTheFirstOrTheLastRecordOfAMessageIsRead() {
        CameraId camera = new CameraId("gate", "records");
        List<FrameKey> keys = frames(camera, 5, 10);

        Fate fate = with(new EdgeScoreDetector())
                .handle(Events.message(NOW, keys.stream().map(FrameKey::format).toArray(String[]::new)));

        assertThat(fate).isInstanceOf(Fate.Settled.class);
        assertThat(stored(camera)).extracting(Detection::key).containsExactlyElementsOf(keys);
    }

    @ParameterizedTest
    @CsvSource({"a-b, c_d", "a_b, c-d", "a-b_c-d, e_f-g", "-, _", "1-2, 2026", "live, backlog"})
    void namesWithHyphensAndUnderscoresStayWhole(String thing, String name) {
        CameraId camera = new CameraId(thing, name);
        FrameKey key = Events.frame(camera, NOW, 1, 10);

        with(new EdgeScoreDetector()).handle(Events.message(NOW, key.format()));

        assertThat(stored(camera)).extracting(Detection::key).containsExactly(key);
    }

    @Test
    void theModelsArnComesFromConfigurationAlone() throws IOException {
        Path classes = Path.of("target", "classes");
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> ours = files.filter(Files::isRegularFile).toList();
            assertThat(ours)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("arn:aws:rekognition"));
        }
    }

    @Test
    void aWindowIsNotOverwrittenByASecondWorker() throws Exception {
        CameraId camera = new CameraId("gate", "window");
        List<FrameKey> keys = new ArrayList<>(frames(camera, 40, 90));
        keys.addAll(keys);
        Collections.shuffle(keys, new Random(7));
        ConcurrentLinkedQueue<FrameKey> queue = new ConcurrentLinkedQueue<>(keys);

        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = new ArrayList<>();
            for (int worker = 0; worker < 2; worker++) {
                InferenceBatch batch = with(new EdgeScoreDetector());
                both.add(workers.submit(() -> {
                    for (FrameKey key = queue.poll(); key != null; key = queue.poll()) {
                        assertThat(batch.handle(Events.message(NOW, key.format())))
                                .isInstanceOf(Fate.Settled.class);
                    }
                }));
            }
            for (Future<?> one : both) {
                one.get();
            }
        }

        assertThat(stored(camera)).hasSize(40);
        assertThat(fights(camera)).singleElement().satisfies(fight -> {
            assertThat(fight.opened()).isEqualTo(NOW.plusSeconds(2));
            assertThat(fight.lastPositive()).isEqualTo(NOW.plusSeconds(39));
        });
    }

    @Test
    void aStoredResultIsNotOverwrittenByALaterDelivery() {
        CameraId camera = new CameraId("gate", "result");
        FrameKey key = Events.frame(camera, NOW, 1, 80);
        String message = Events.message(NOW, key.format());

        with(new EdgeScoreDetector()).handle(message);
        with(new Says(new Detector.Opinion.Judged("says", "nothing at all", 0))).handle(message);

        assertThat(stored(camera)).singleElement().satisfies(d -> {
            assertThat(d.confidence()).isEqualTo(80);
            assertThat(d.detector()).isEqualTo("edge-score");
        });
    }

    @Test
    void aMessageIsNotDeletedBeforeItsFrameIsStored_andItsIncidentOpen() {
        CameraId camera = new CameraId("gate", "deleted-early");
        List<FrameKey> keys = frames(camera, 3, 90);
        String last = Events.message(NOW, keys.getLast().format());
        InferenceBatch healthy = with(new EdgeScoreDetector());
        keys.subList(0, 2).forEach(key -> healthy.handle(Events.message(NOW, key.format())));

        // What the judgement needs fails after the detector was asked: the table of detections, then that of incidents.
        assertThat(batch(table("no-such-table"), incidents, new EdgeScoreDetector())
                        .handle(last))
                .isInstanceOf(Fate.PutOff.class);
        assertThat(batch(detections, heads("no-such-table"), new EdgeScoreDetector())
                        .handle(last))
                .isInstanceOf(Fate.PutOff.class);
        assertThat(fights(camera)).isEmpty();

        assertThat(healthy.handle(last)).isInstanceOf(Fate.Settled.class);
        assertThat(fights(camera)).hasSize(1);
    }

    private record Says(Opinion opinion) implements Detector {
        @Override
        public String name() {
            return "says";
        }

        @Override
        public Opinion judge(String bucket, FrameKey key) {
            return opinion;
        }
    }

    private static InferenceBatch with(Detector detector) {
        return batch(detections, incidents, detector);
    }

    private static InferenceBatch batch(DetectionStore detections, IncidentStore incidents, Detector detector) {
        return new InferenceBatch(new Inference(detections, incidents, _ -> Events.THREE_AT_60, detector, CLOCK));
    }

    private static DetectionStore table(String name) {
        return new DynamoDetectionStore(client, name, Duration.ofDays(1), CLOCK);
    }

    private static IncidentStore heads(String name) {
        return new DynamoIncidentStore(client, name, tables.incidents(), Duration.ofDays(1), CLOCK);
    }

    private static List<FrameKey> frames(CameraId camera, int count, int score) {
        List<FrameKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(Events.frame(camera, NOW.plusSeconds(i), i, score));
        }
        return keys;
    }

    private static List<Detection> stored(CameraId camera) {
        return detections.between(camera, NOW.minusSeconds(1), NOW.plusSeconds(100));
    }

    private static List<Incident> fights(CameraId camera) {
        return incidents.head(camera, IncidentKind.FIGHT, Line.LIVE).incidents();
    }
}
