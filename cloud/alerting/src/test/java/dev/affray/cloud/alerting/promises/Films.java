package dev.affray.cloud.alerting.promises;

import dev.affray.camera.AlertRule;
import dev.affray.cloud.alerting.promises.Film.Shot;
import dev.affray.cloud.alerting.promises.Film.Step;
import dev.affray.cloud.alerting.promises.Film.Way;
import dev.affray.frame.CameraId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Films for properties: everything in them lies on a border of the rule, or beside it. */
final class Films {
    private static final AtomicLong GATEWAYS = new AtomicLong();

    private Films() {}

    /** What one or two cameras of one gateway saw; no gateway comes twice, so that stores may be used again. */
    static Arbitrary<List<Film>> ofOneGateway() {
        return Combinators.combine(rules(), shots())
                .as(Tuple::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(cameras -> {
                    String thing = "gateway-" + GATEWAYS.incrementAndGet();
                    List<Film> films = new ArrayList<>();
                    for (var camera : cameras) {
                        CameraId id = new CameraId(thing, "camera-" + films.size());
                        films.add(new Film(id, camera.get1(), camera.get2()));
                    }
                    return films;
                });
    }

    private static Arbitrary<AlertRule> rules() {
        Arbitrary<Duration> closeAfter = Arbitraries.of(Duration.ofSeconds(20), Duration.ofSeconds(1));
        Arbitrary<Integer> lag = Arbitraries.of(4, 2, 1);
        return Combinators.combine(
                        positives(),
                        Arbitraries.of(Duration.ofMillis(500), Duration.ofMillis(1)),
                        Arbitraries.of(Duration.ofMillis(2500), Duration.ofMillis(1000)),
                        Arbitraries.of(OptionalDouble.of(60), OptionalDouble.of(0), OptionalDouble.empty()),
                        closeAfter,
                        lag)
                .as((positives, slot, within, least, close, part) ->
                        new AlertRule(positives, slot, within, least, close, lag(close, part)));
    }

    /** With one, every positive is a trigger, so that the steps between frames are the gaps of an incident. */
    private static Arbitrary<OptionalInt> positives() {
        return Arbitraries.frequency(
                Tuple.of(3, OptionalInt.of(1)),
                Tuple.of(2, OptionalInt.of(2)),
                Tuple.of(1, OptionalInt.of(3)),
                Tuple.of(2, OptionalInt.empty()));
    }

    /** A part of closeAfter, and always shorter. */
    private static Duration lag(Duration closeAfter, int part) {
        return part == 1 ? closeAfter.minusMillis(1) : closeAfter.dividedBy(part);
    }

    private static Arbitrary<List<Shot>> shots() {
        Arbitrary<Step> near = Arbitraries.of(Step.SLOT, Step.BEFORE_SLOT, Step.MILLISECOND, Step.SAME_TIME);
        Arbitrary<Step> far = Arbitraries.of(Step.BEFORE_CLOSE_AFTER, Step.CLOSE_AFTER, Step.PAST_CLOSE_AFTER);
        Arbitrary<Step> any = Arbitraries.of(Step.class);
        Arbitrary<Step> steps = Arbitraries.frequencyOf(
                Tuple.of(10, near), Tuple.of(5, far), Tuple.of(5, any), Tuple.of(1, Arbitraries.of(Step.DAY)));
        Arbitrary<Integer> scores = Arbitraries.frequency(
                Tuple.of(6, 100), Tuple.of(2, 85), Tuple.of(1, 84), Tuple.of(2, 60), Tuple.of(1, 59), Tuple.of(1, 0));
        Arbitrary<Integer> detectors = Arbitraries.integers().between(0, Film.DETECTORS.size() - 1);
        Arbitrary<Way> ways =
                Arbitraries.frequency(Tuple.of(8, Way.LIVE), Tuple.of(1, Way.LATE), Tuple.of(1, Way.BACKLOG));
        return Combinators.combine(steps, scores, detectors, ways)
                .as(Shot::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(22)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
