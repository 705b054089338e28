package dev.affray.cloud.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.state.Detection;
import dev.affray.cloud.state.Trigger;
import dev.affray.frame.CameraId;
import dev.affray.frame.Frame;
import dev.affray.frame.FrameKey;
import dev.affray.frame.Line;
import dev.affray.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final Instant START = Instant.parse("2026-11-20T21:00:00Z");
    private static final CameraId CAMERA = new CameraId("g", "c");
    private static final AlertRule RULE = new AlertRule(
            OptionalInt.of(3),
            Duration.ofMillis(500),
            Duration.ofMillis(2500),
            OptionalDouble.of(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20));

    private final List<Detection> detections = new ArrayList<>();

    @Test
    void holds_whenEnoughSlotsHaveAPositiveWithinTheWindow() {
        see(0, 80).see(1, 80).see(2, 80);

        assertThat(triggers(Line.LIVE, 2)).containsExactly(2.0);
    }

    @Test
    void doesNotHold_whenThePositivesCrowdInOneSlot() {
        see(0, 80).see(0.1, 80).see(0.2, 80).see(0.3, 80);

        assertThat(triggers(Line.LIVE, 0)).isEmpty();
    }

    @Test
    void theWindowIsOpenAtItsBeginning() {
        see(0, 80).see(1, 80).see(2.5, 80);
        assertThat(triggers(Line.LIVE, 2.5)).isEmpty();

        see(2.499, 80);
        assertThat(triggers(Line.LIVE, 2.499)).contains(2.499);
    }

    @Test
    void framesBelowTheThresholdNeverCount_neitherForNorAgainst() {
        see(0, 80).see(0.5, 59.9).see(1, 60).see(1.5, 0).see(2, 100);

        assertThat(triggers(Line.LIVE, 2)).containsExactly(2.0);
    }

    @Test
    void aLateFrameCompletesTheWindowsBehindItAndAhead() {
        see(0, 80).see(2, 80).see(3, 80).see(1, 80);

        assertThat(triggers(Line.LIVE, 1)).containsExactly(2.0, 3.0);
    }

    @Test
    void severityIsHigh_whenTwiceAsManySlotsHoldWithinTwiceTheTime() {
        see(0, 80).see(0.5, 80).see(1, 80).see(1.5, 80).see(2, 80);
        assertThat(severityAt(2)).isEqualTo(Severity.NORMAL);

        see(4.5, 80).see(4, 80).see(3.5, 80);
        assertThat(severityAt(4.5)).isEqualTo(Severity.HIGH);
    }

    @Test
    void theBestFramesAreTheStrongestOfTheWindow() {
        see(0, 61).see(1, 99).see(2, 70);

        Trigger trigger = window(Line.LIVE).triggersAround(at(2)).getFirst();

        assertThat(trigger.bestFrames()).extracting(b -> b.confidence()).containsExactly(99.0, 70.0, 61.0);
    }

    @Test
    void theLiveLineIgnoresLateFrames_andTheBacklogLineNeedsOne() {
        see(0, 80).see(1, 80).seeLate(2, 80);

        assertThat(triggers(Line.LIVE, 2)).isEmpty();
        assertThat(triggers(Line.BACKLOG, 2)).containsExactly(2.0);

        see(2.2, 80);
        assertThat(triggers(Line.LIVE, 2.2)).containsExactly(2.2);
    }

    @Test
    void theBacklogLineDoesNotHold_whereAllFramesCameInTime() {
        see(0, 80).see(1, 80).see(2, 80);

        assertThat(triggers(Line.BACKLOG, 2)).isEmpty();
    }

    /** What a frame's own detector means by its numbers decides, also where two detectors judge a camera's frames. */
    @ParameterizedTest
    @CsvSource({
        "edge-score, 84, 0",
        "edge-score, 85, 1",
        "rekognition-moderation, 59, 0",
        "rekognition-moderation, 60, 1"
    })
    void whereTheRuleNamesNoConfidence_thatOfEachFramesDetectorCounts(String detector, double third, int triggers) {
        see(0, 85, Line.LIVE, AlertRule.EDGE_SCORE);
        see(1, 60, Line.LIVE, "rekognition-moderation");
        see(2, third, Line.LIVE, detector);

        assertThat(new Window(AlertRule.DEFAULT, Line.LIVE, detections).triggersAround(at(2)))
                .hasSize(triggers);
    }

    /** Two slots of the edge score are enough; one that another detector judged needs two more, of whichever. */
    @ParameterizedTest
    @CsvSource({
        "edge-score, edge-score, 1",
        "edge-score, rekognition-moderation, 0",
        "rekognition-moderation, rekognition-moderation, 0"
    })
    void whereTheRuleNamesNoNumberOfSlots_asManyAreNeededAsTheirDetectorNeeds(
            String first, String second, int triggers) {
        see(0, 90, Line.LIVE, first).see(1, 90, Line.LIVE, second);

        assertThat(new Window(AlertRule.DEFAULT, Line.LIVE, detections).triggersAround(at(1)))
                .hasSize(triggers);
        see(2, 90, Line.LIVE, "rekognition-moderation");
        assertThat(new Window(AlertRule.DEFAULT, Line.LIVE, detections).triggersAround(at(2)))
                .as("three slots")
                .extracting(t -> t.at())
                .contains(at(2));
    }

    @Test
    void severityIsHigh_whenTwiceAsManySlotsOfTheEdgeScoreHold() {
        for (double at : new double[] {0, 1, 2, 4.5}) {
            see(at, 90, Line.LIVE, AlertRule.EDGE_SCORE);
        }
        List<Trigger> triggers = new Window(AlertRule.DEFAULT, Line.LIVE, detections).triggersAround(at(0));
        assertThat(triggers)
                .extracting(t -> t.severity())
                .as("at 1 s, at 2 s; the last frame is alone in its window")
                .containsExactly(Severity.NORMAL, Severity.NORMAL);
        see(4, 90, Line.LIVE, AlertRule.EDGE_SCORE);
        assertThat(new Window(AlertRule.DEFAULT, Line.LIVE, detections)
                        .triggersAround(at(4.5))
                        .getLast()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }

    private WindowTest see(double second, double confidence) {
        return see(second, confidence, Line.LIVE, "test");
    }

    private WindowTest seeLate(double second, double confidence) {
        return see(second, confidence, Line.BACKLOG, "test");
    }

    private WindowTest see(double second, double confidence, Line line, String detector) {
        Frame frame = new Frame(CAMERA, at(second), detections.size(), OptionalInt.empty());
        detections.add(new Detection(new FrameKey(line, frame), line, "fight", confidence, detector));
        detections.sort((a, b) -> a.frame().compareTo(b.frame()));
        return this;
    }

    private Window window(Line line) {
        return new Window(RULE, line, detections);
    }

    private List<Double> triggers(Line line, double around) {
        return window(line).triggersAround(at(around)).stream()
                .map(t -> Duration.between(START, t.at()).toMillis() / 1000.0)
                .toList();
    }

    private Severity severityAt(double second) {
        return window(Line.LIVE).triggersAround(at(second)).stream()
                .filter(t -> t.at().equals(at(second)))
                .findFirst()
                .orElseThrow()
                .severity();
    }

    private static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }
}
