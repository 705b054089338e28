package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.inference.Detector.Opinion;
import dev.affray.cloud.inference.Inference.Outcome;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.sqlite.Database;
import dev.affray.cloud.state.sqlite.SqliteDetectionStore;
import dev.affray.cloud.state.sqlite.SqliteIncidentStore;
import dev.affray.document.Json;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Incident;
import dev.affray.incident.IncidentKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceTest {
    private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    private static final CameraId CAMERA = new CameraId("gateway-1", "front-door");
    private static final AlertRule RULE = Events.THREE_AT_60;

    private Database database;
    private SqliteDetectionStore detections;
    private SqliteIncidentStore incidents;
    private Inference inference;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        detections = new SqliteDetectionStore(database);
        incidents = new SqliteIncidentStore(database);
        inference = with(new EdgeScoreDetector());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void opensOneLiveIncident_whenTheRuleHolds() {
        for (int i = 0; i < 6; i++) {
            assertThat(inference.handle(event(key(Line.LIVE, i, 80)))).isInstanceOf(Outcome.Done.class);
        }

        assertThat(fights(Line.LIVE)).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).isEqualTo(at(2));
            assertThat(incident.lastPositive()).isEqualTo(at(5));
            assertThat(incident.line()).isEqualTo(Line.LIVE);
            assertThat(incident.peakConfidence()).isEqualTo(80);
        });
        assertThat(fights(Line.BACKLOG)).isEmpty();
    }

    @Test
    void aFrameDeliveredTwiceCountsOnce_andFinishesWhatADeadWorkerBegan() {
        inference.handle(event(key(Line.LIVE, 0, 80)));
        inference.handle(event(key(Line.LIVE, 1, 80)));
        // A worker stored the third frame's detection and died before it looked at the window.
        FrameKey third = key(Line.LIVE, 2, 80);
        detections.put(new Detection(third, Line.LIVE, "edge-score", 80, "edge-score"));

        Outcome outcome = inference.handle(event(third));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, d -> assertThat(d.first()).isFalse());
        assertThat(fights(Line.LIVE)).hasSize(1);
    }

    @Test
    void whatIsStoredCounts_whenADetectorChangesItsMind() {
        Inference sure = with(always(90));
        Inference unsure = with(always(10));
        for (int i = 0; i < 3; i++) {
            unsure.handle(event(key(Line.LIVE, i, 0)));
            sure.handle(event(key(Line.LIVE, i, 0)));
        }

        assertThat(fights(Line.LIVE)).isEmpty();
    }

    @Test
    void aFrameSeenLateIsBacklog_evenUnderLive_andRaisesNoLiveIncident() {
        Instant longAgo = START.minus(Duration.ofMinutes(5));
        for (int i = 0; i < 3; i++) {
            inference.handle(new S3Event("b", key(Line.LIVE, i, 80).format(), longAgo));
        }
        for (int i = 10; i < 13; i++) {
            inference.handle(event(key(Line.BACKLOG, i, 80)));
        }

        assertThat(fights(Line.LIVE)).isEmpty();
        assertThat(fights(Line.BACKLOG))
                .singleElement()
                .satisfies(i -> assertThat(i.opened()).isEqualTo(at(2)));
    }

    @Test
    void refusesAKeyThatIsNoFrame_andAFrameThatCanNeverBeJudged() {
        assertThat(inference.handle(new S3Event("b", "live/other.txt", START)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, r -> assertThat(r.reason()).contains("live/other.txt"));
        assertThat(with(new Saying(new Opinion.Unusable("not a picture"))).handle(event(key(Line.LIVE, 0, 1))))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(detections.newest(CAMERA)).isEmpty();
    }

    @Test
    void storesNothing_whenTheDetectorCannotLookNow() {
        assertThat(with(new Saying(new Opinion.Later(Cause.THROTTLED, "throttled")))
                        .handle(event(key(Line.LIVE, 0, 1))))
                .isEqualTo(new Outcome.Later(Cause.THROTTLED, "throttled"));
        assertThat(detections.newest(CAMERA)).isEmpty();
    }

    @Test
    void findsAnIncidentAgain_thatTheHeadHasHandedToTheHistory() {
        for (int i = 0; i < 3; i++) {
            inference.handle(event(key(Line.LIVE, i, 80)));
        }
        Head open = incidents.head(CAMERA, IncidentKind.FIGHT, Line.LIVE);
        Head closed = open.closing(RULE.closeAfter(), RULE.maxLag(), START.plusSeconds(900));
        incidents.replace(closed);
        closed.incidents().forEach(incidents::project);
        incidents.replace(closed.pruning(START.plusSeconds(900), _ -> true));

        inference.handle(event(key(Line.LIVE, 3, 80)));

        assertThat(fights(Line.LIVE)).singleElement().satisfies(incident -> {
            assertThat(incident.id()).isEqualTo(open.incidents().getFirst().id());
            assertThat(incident.lastPositive()).isEqualTo(at(3));
            assertThat(incident.isOpen()).isTrue();
        });
    }

    @Test
    void aMessageIsSettled_whenAllItsEventsAre_andTheCountsTell() {
        InferenceBatch batch = new InferenceBatch(inference);
        String message =
                message(key(Line.LIVE, 0, 80).format(), key(Line.LIVE, 1, 80).format());

        assertThat(batch.handle(message)).isInstanceOf(Fate.Settled.class);
        assertThat(batch.handle(message))
                .isInstanceOfSatisfying(
                        Fate.Settled.class,
                        settled -> assertThat(settled.done())
                                .extracting(Outcome.Done::first)
                                .containsExactly(false, false));

        assertThat(batch.counts())
                .isEqualTo(new InferenceBatch.Counts(
                        Map.of("gateway-1/front-door", 2L), Map.of("edge-score", 2L), 2, 0, 0, 0, Map.of()));
    }

    @Test
    void aMessageIsSetAside_whenAnEventOfItCanNeverBeJudged_orItIsNoEvent() {
        InferenceBatch batch = new InferenceBatch(inference);
        String message = message("live/other.txt", key(Line.LIVE, 1, 80).format());

        assertThat(batch.handle(message)).isInstanceOfSatisfying(Fate.SetAside.class, aside -> {
            assertThat(aside.done()).hasSize(1);
            assertThat(aside.reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason).contains("live/other.txt"));
        });
        assertThat(batch.handle("{}")).isInstanceOf(Fate.SetAside.class);

        assertThat(batch.counts())
                .isEqualTo(new InferenceBatch.Counts(
                        Map.of("gateway-1/front-door", 1L), Map.of("edge-score", 1L), 0, 0, 0, 2, Map.of()));
    }

    @Test
    void aMessageIsPutOff_whileAnyEventOfItMustWait_evenOneThatHoldsARefusedEvent() {
        InferenceBatch batch = new InferenceBatch(with(new Saying(new Opinion.Later(Cause.THROTTLED, "throttled"))));

        assertThat(batch.handle(message("live/other.txt", key(Line.LIVE, 0, 80).format())))
                .isInstanceOfSatisfying(
                        Fate.PutOff.class,
                        putOff -> assertThat(putOff.only(Cause.THROTTLED)).isTrue());

        assertThat(batch.counts())
                .isEqualTo(new InferenceBatch.Counts(Map.of(), Map.of(), 0, 0, 0, 0, Map.of(Cause.THROTTLED, 1L)));
    }

    @Test
    void anEventThatFails_keepsNoOtherOfItsMessageFromBeingJudged() {
        FrameKey broken = key(Line.LIVE, 0, 80);
        InferenceBatch batch = new InferenceBatch(with(new FailingAt(broken)));

        assertThat(batch.handle(message(broken.format(), key(Line.LIVE, 1, 80).format())))
                .isInstanceOfSatisfying(
                        Fate.PutOff.class, putOff -> assertThat(putOff.done()).hasSize(1));

        assertThat(batch.counts())
                .isEqualTo(new InferenceBatch.Counts(
                        Map.of("gateway-1/front-door", 1L),
                        Map.of("failing", 1L),
                        0,
                        0,
                        0,
                        0,
                        Map.of(Cause.FAILED, 1L)));
    }

    @Test
    void aFrameCapturedWhileItsCameraWasDisarmed_isNotJudgedAndRaisesNoAlarm() {
        Inference nights = armed(at -> at.isBefore(at(3)), new FailingAt(key(Line.LIVE, 3, 80)));
        InferenceBatch batch = new InferenceBatch(nights);

        // After a minute: what counts is when it was captured.
        for (int i = 1; i < 9; i++) {
            assertThat(batch.handle(
                            message(START.plusSeconds(60), key(Line.LIVE, i, 80).format())))
                    .isInstanceOf(Fate.Settled.class);
        }

        assertThat(fights(Line.LIVE)).isEmpty();
        assertThat(detections.newest(CAMERA)).map(d -> d.key()).contains(key(Line.LIVE, 2, 80));
        assertThat(batch.counts())
                .isEqualTo(new InferenceBatch.Counts(
                        Map.of("gateway-1/front-door", 2L), Map.of("failing", 2L), 0, 0, 6, 0, Map.of()));
    }

    @Test
    void anIncidentThatIsOpen_goesOnToTheFrameCapturedLastBeforeItsCameraWasDisarmed() {
        Inference evening = armed(at -> at.isBefore(at(5)), new EdgeScoreDetector());
        for (int i = 0; i < 9; i++) {
            evening.handle(new S3Event("frames", key(Line.LIVE, i, 80).format(), at(10)));
        }

        assertThat(fights(Line.LIVE)).singleElement().satisfies(incident -> {
            assertThat(incident.opened()).isEqualTo(at(2));
            assertThat(incident.lastPositive()).isEqualTo(at(4));
            assertThat(incident.isOpen()).isTrue();
        });
    }

    @Test
    void aFrameNamedAfterATimeThatHasNotCome_wasCapturedWhenItCameAtTheLatest() {
        Inference evening = armed(at -> at.isBefore(at(5)), new EdgeScoreDetector());

        assertThat(evening.handle(new S3Event("frames", key(Line.LIVE, 3600, 80).format(), at(4))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(evening.handle(new S3Event("frames", key(Line.LIVE, 3601, 80).format(), at(5))))
                .isInstanceOf(Outcome.Disarmed.class);
    }

    @Test
    void countsTheIncidents_thatALateFrameShowsToBeOne() {
        InferenceBatch batch = new InferenceBatch(inference);
        int apart = (int) RULE.closeAfter().toSeconds();
        for (int second : new int[] {0, 1, 2, 2 * apart - 2, 2 * apart - 1, 2 * apart}) {
            batch.handle(message(key(Line.LIVE, second, 80).format()));
        }
        assertThat(fights(Line.LIVE)).hasSize(2);

        for (int second : new int[] {apart - 2, apart - 1, apart, apart}) {
            batch.handle(message(key(Line.LIVE, second, 80).format()));
        }

        assertThat(fights(Line.LIVE)).filteredOn(i -> i.mergedInto() == null).hasSize(1);
        assertThat(batch.counts().joined()).isEqualTo(1);
    }

    @Test
    void takesUpNoFurtherEvent_whenTheTimeIsUp() {
        InferenceBatch batch = new InferenceBatch(inference);
        AtomicInteger left = new AtomicInteger(1);
        String message =
                message(key(Line.LIVE, 0, 80).format(), key(Line.LIVE, 1, 80).format());

        Fate fate = batch.handle(message, () -> left.getAndDecrement() > 0);

        assertThat(fate).isInstanceOfSatisfying(Fate.PutOff.class, putOff -> {
            assertThat(putOff.done()).hasSize(1);
            assertThat(putOff.only(Cause.NO_TIME)).isTrue();
        });
        assertThat(detections.newest(CAMERA)).map(d -> d.key()).contains(key(Line.LIVE, 0, 80));
    }

    private record FailingAt(FrameKey broken) implements Detector {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Opinion judge(String bucket, FrameKey key) {
            if (key.equals(broken)) {
                throw new IllegalStateException("the store is broken here");
            }
            return new Opinion.Judged(name(), "fight", 80);
        }
    }

    private record Saying(Opinion opinion) implements Detector {
        @Override
        public String name() {
            return "saying";
        }

        @Override
        public Opinion judge(String bucket, FrameKey key) {
            return opinion;
        }
    }

    private static Detector always(double confidence) {
        return new Saying(new Opinion.Judged("saying", "fight", confidence));
    }

    private Inference with(Detector detector) {
        return new Inference(detections, incidents, _ -> RULE, detector, Clock.fixed(START, ZoneOffset.UTC));
    }

    private Inference armed(Predicate<Instant> armed, Detector detector) {
        return new Inference(
                detections,
                incidents,
                _ -> RULE,
                (camera, at) -> camera.equals(CAMERA) && armed.test(at),
                detector,
                Clock.fixed(START, ZoneOffset.UTC));
    }

    private List<Incident> fights(Line line) {
        return incidents.head(CAMERA, IncidentKind.FIGHT, line).incidents();
    }

    private static S3Event event(FrameKey key) {
        return new S3Event("frames", key.format(), START);
    }

    private static String message(String... keys) {
        return message(START, keys);
    }

    private static String message(Instant at, String... keys) {
        List<Object> records = new ArrayList<>();
        for (String key : keys) {
            records.add(Map.of(
                    "eventName",
                    "ObjectCreated:Put",
                    "eventTime",
                    at.toString(),
                    "s3",
                    Map.of("bucket", Map.of("name", "frames"), "object", Map.of("key", key))));
        }
        return Json.write(Map.of("Records", records));
    }

    private static FrameKey key(Line line, int second, int score) {
        return new FrameKey(line, new Frame(CAMERA, at(second), second, OptionalInt.of(score)));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
