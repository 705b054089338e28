package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.cloud.inference.rekognition.Client;
import dev.affray.cloud.inference.rekognition.ModerationDetector;
import dev.affray.cloud.inference.rekognition.Pictures;
import dev.affray.cloud.inference.wire.StandIn;
import dev.affray.cloud.inference.wire.StandIn.Answer;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/** The edge score before a detector that really asks over the wire. */
class CascadeTest {
    private static final Instant NOW = Instant.parse("2026-11-20T21:00:00Z");
    private static final CameraId CAMERA = new CameraId("gate", "door");
    private static final String DEAR = "rekognition-moderation";

    private final AtomicReference<Answer> answer = new AtomicReference<>(seen("Physical Violence", 88));
    private final StandIn rekognition = new StandIn(_ -> answer.get());
    private final RekognitionClient client = Client.builder()
            .endpointOverride(rekognition.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    private Database database;
    private SqliteDetectionStore detections;
    private SqliteIncidentStore incidents;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        detections = new SqliteDetectionStore(database);
        incidents = new SqliteIncidentStore(database);
    }

    @AfterEach
    void close() {
        database.close();
        client.close();
        rekognition.close();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "29, false", "30, true", "31, true", "100, true"})
    void asksFromTheScoreOn_exactlyThatIncluded(int score, boolean asked) {
        Opinion opinion = cascade(30).judge("frames", frame(0, OptionalInt.of(score)));

        assertThat(opinion)
                .isEqualTo(
                        asked
                                ? new Opinion.Judged(DEAR, "Physical Violence", 88)
                                : new Opinion.Judged("edge-score", "edge-score", score));
        assertThat(rekognition.requests()).hasSize(asked ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 100})
    void asksAboutAFrameWithoutAScore_whateverTheScoreToAskFrom(int from) {
        assertThat(cascade(from).judge("frames", frame(0, OptionalInt.empty())))
                .isEqualTo(new Opinion.Judged(DEAR, "Physical Violence", 88));
    }

    @Test
    void eachFrameOfABatchIsStoredOnceUnderTheDetectorThatJudgedIt_andCountedSo() {
        InferenceBatch batch = batch(cascade(30));
        String message = message(List.of(score(10), score(30), OptionalInt.empty(), score(29), score(99)));

        assertThat(batch.handle(message)).isInstanceOf(Fate.Settled.class);
        assertThat(batch.handle(message)).isInstanceOf(Fate.Settled.class);

        assertThat(stored())
                .containsExactly(
                        Tuple.tuple(0L, "edge-score", "edge-score", 10.0),
                        Tuple.tuple(1L, DEAR, "Physical Violence", 88.0),
                        Tuple.tuple(2L, DEAR, "Physical Violence", 88.0),
                        Tuple.tuple(3L, "edge-score", "edge-score", 29.0),
                        Tuple.tuple(4L, DEAR, "Physical Violence", 88.0));
        assertThat(batch.counts().judgedBy()).isEqualTo(Map.of("edge-score", 2L, DEAR, 3L));
        assertThat(batch.counts().detections()).isEqualTo(Map.of("gate/door", 5L));
        assertThat(incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE).incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.lastPositive()).isEqualTo(NOW.plusSeconds(2)));
    }

    @Test
    void framesToAskAboutWait_whenTheDearOneIsThrottled_whileTheOthersAreJudged() {
        InferenceBatch batch = batch(cascade(30));
        String message = message(List.of(score(10), score(90), OptionalInt.empty()));
        answer.set(Answer.error(400, "ThrottlingException"));

        assertThat(batch.handle(message)).isInstanceOfSatisfying(Fate.PutOff.class, later -> {
            assertThat(later.done()).hasSize(1);
            assertThat(later.waiting()).hasSize(2);
            assertThat(later.only(Cause.THROTTLED)).isTrue();
        });
        assertThat(stored()).containsExactly(Tuple.tuple(0L, "edge-score", "edge-score", 10.0));

        answer.set(seen("Physical Violence", 40));
        assertThat(batch.handle(message)).isInstanceOf(Fate.Settled.class);
        assertThat(batch.counts().judgedBy()).isEqualTo(Map.of("edge-score", 1L, DEAR, 2L));
    }

    @Test
    void framesBelowTheScoreToAskFromRaiseNoAlarm_whenTheyAreBelowTheRuleToo() {
        batch(cascade(60)).handle(message(List.of(score(59), score(59), score(59), score(59), score(59))));

        assertThat(rekognition.requests()).isEmpty();
        assertThat(incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE).incidents())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void refusesAScoreOutOfBounds(int from) {
        assertThatThrownBy(() -> cascade(from)).hasMessageContaining(from + ", not 1 to 100");
    }

    @Test
    void itsNameTellsBoth() {
        assertThat(cascade(30).name()).isEqualTo("rekognition-moderation from edge score 30");
    }

    private Cascade cascade(int from) {
        return new Cascade(from, new ModerationDetector(client, Pictures.inS3(), ModerationDetector.FIGHT_LABELS));
    }

    private InferenceBatch batch(Detector detector) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new InferenceBatch(new Inference(detections, incidents, _ -> AlertRule.DEFAULT, detector, clock));
    }

    private List<Tuple> stored() {
        return detections.between(CAMERA, NOW.minusSeconds(1), NOW.plusSeconds(60)).stream()
                .map(d -> Tuple.tuple(d.frame().sequence(), d.detector(), d.label(), d.confidence()))
                .toList();
    }

    /** One message with two frames a second. */
    private static String message(List<OptionalInt> scores) {
        return Events.message(
                NOW,
                Stream.iterate(0, i -> i < scores.size(), i -> i + 1)
                        .map(i -> frame(i, scores.get(i)).format())
                        .toArray(String[]::new));
    }

    private static FrameKey frame(int sequence, OptionalInt score) {
        return new FrameKey(Line.LIVE, new Frame(CAMERA, NOW.plusMillis(500L * sequence), sequence, score));
    }

    private static OptionalInt score(int score) {
        return OptionalInt.of(score);
    }

    private static Answer seen(String label, double confidence) {
        return Answer.ok("{\"ModerationLabels\":[{\"Name\":\"" + label + "\",\"Confidence\":" + confidence + "}]}");
    }
}
