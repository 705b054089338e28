package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affray.agent.training.AlertSlots.Sample;
import dev.affray.camera.AlertRule;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlertSlotsTest {
    @Test
    void countsSlots_notFrames() {
        List<Sample> samples = at(1000, 1250, 1499);
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 1), samples)).isTrue();
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 2), samples)).isFalse();
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 2), at(1000, 1250, 1500)))
                .isTrue();
    }

    @Test
    void needsThemCloseTogether() {
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 3), at(0, 1250, 2499))).isTrue();
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 3), at(0, 1250, 2500))).isFalse();
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 3), at(0, 1250, 2500, 3000)))
                .isTrue();
    }

    @Test
    void leavesOutWhatIsBelowTheBar_andLetsItNotCountAgainst() {
        List<Sample> samples = List.of(
                new Sample(0, 80),
                new Sample(500, 79),
                new Sample(1000, 90),
                new Sample(1500, 0),
                new Sample(2000, 81));
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 3), samples)).isTrue();
        assertThat(AlertSlots.meet(AlertSlots.rule(80, 4), samples)).isFalse();
        assertThat(AlertSlots.meet(AlertSlots.rule(81, 3), samples)).isFalse();
        assertThat(AlertSlots.meet(AlertSlots.rule(0, 1), List.of())).isFalse();
    }

    @Test
    void isTheRuleOfEveryCamera_butForBarAndSlots() {
        AlertRule standard = AlertRule.DEFAULT;
        int bar = (int) AlertRule.EDGE_SCORE_CONFIDENCE;

        AlertRule rule = AlertSlots.rule(bar, AlertRule.EDGE_SCORE_POSITIVES);

        assertThat(rule.minConfidence()).hasValue(bar);
        assertThat(rule.positives()).hasValue(AlertRule.EDGE_SCORE_POSITIVES);
        assertThat(rule)
                .usingRecursiveComparison()
                .ignoringFields("minConfidence", "positives")
                .isEqualTo(standard);
    }

    @Test
    void takesFramesAtTheRateOfAnActiveCamera_withTheLastScoreBeforeEach() {
        NavigableMap<Double, Double> scores = new TreeMap<>();
        scores.put(0.9, 10.0);
        scores.put(1.25, 20.0);
        scores.put(1.3, 30.0);
        assertThat(AlertSlots.samples(scores, 0.7, 2.6, 7))
                .as("none at 0.75 s, before the first, and none from 2 s on")
                .containsExactly(
                        new Sample(1007, 10), new Sample(1257, 20), new Sample(1507, 30), new Sample(1757, 30));
    }

    private static List<Sample> at(long... millis) {
        return LongStream.of(millis).mapToObj(at -> new Sample(at, 80)).toList();
    }
}
