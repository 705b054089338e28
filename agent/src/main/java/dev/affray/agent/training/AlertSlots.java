package dev.affray.agent.training;

import dev.affray.camera.AlertRule;
import dev.affray.camera.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The frames of an active camera, and whether their scores meet its alert rule: counted as they are behind the gateway. */
final class AlertSlots {
    /** A score of a picture longer ago than this is none of the frame, in seconds. */
    private static final double OLDEST = 0.5;

    private static final double MILLIS = 1000;

    private AlertSlots() {}

    /**
     * A frame's.
     *
     * @param millis when it was taken, on the clock that slots go by
     */
    record Sample(long millis, double score) {}

    /**
     * Those of the frames of a stretch: at the rate of an active camera, each with the score of the last picture before it. A frame without one is left out.
     *
     * @param scores by seconds since the stream began
     * @param from the first that counts, in seconds since the stream began
     * @param to the last that does
     * @param begins when the stream begins, on the clock that slots go by, in milliseconds
     */
    static List<Sample> samples(NavigableMap<Double, Double> scores, double from, double to, long begins) {
        double rate = Sampling.DEFAULT.activeFps();
        List<Sample> samples = new ArrayList<>();
        for (long frame = (long) Math.ceil(from * rate); frame / rate <= to; frame++) {
            double at = frame / rate;
            Map.Entry<Double, Double> score = scores.floorEntry(at);
            if (score != null && at - score.getKey() <= OLDEST) {
                samples.add(new Sample(begins + Math.round(MILLIS * at), score.getValue()));
            }
        }
        return samples;
    }

    /** The rule as it is unless a document says otherwise, with another bar and another number of slots. */
    static AlertRule rule(int bar, int slots) {
        AlertRule standard = AlertRule.DEFAULT;
        return new AlertRule(
                OptionalInt.of(slots),
                standard.slot(),
                standard.within(),
                OptionalDouble.of(bar),
                standard.closeAfter(),
                standard.maxLag());
    }

    /** Whether at some frame enough different slots that end with it hold one that reaches the bar. */
    static boolean meet(AlertRule rule, List<Sample> samples) {
        List<Sample> positives = samples.stream()
                .filter(s -> s.score() >= rule.minConfidence(AlertRule.EDGE_SCORE))
                .toList();
        return positives.stream()
                .anyMatch(last -> slots(rule, positives, last.millis()) >= rule.positives(AlertRule.EDGE_SCORE));
    }

    private static long slots(AlertRule rule, List<Sample> positives, long last) {
        return positives.stream()
                .mapToLong(Sample::millis)
                .filter(at -> at > last - rule.within().toMillis() && at <= last)
                .map(at -> Math.floorDiv(at, rule.slot().toMillis()))
                .distinct()
                .count();
    }
}
