package dev.affray.agent.training;

import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModel.Calibration;
import dev.affray.agent.score.WindowScores;
import dev.affray.agent.training.AlertSlots.Sample;
import dev.affray.camera.AlertRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Plays every clip amid others that show no fight to models that know none of their sources, and keeps what the frames of a camera would score. Counted are
 * frames from the clip's beginning until a second after its end. For one thread.
 */
final class RuleTrial implements CrossValidation.Onlooker {
    /** Rounds of the cross-validation that streams are made in, each with other neighbours: more change little, and take time. */
    static final int ROUNDS = 2;

    private final Map<LabelledClip, StreamPart> parts = new HashMap<>();
    private final List<Tried> tried = new ArrayList<>();
    private final long seed;

    /**
     * What became of a stream.
     *
     * @param middle the clip in it
     * @param moving the margins of the frames that count
     * @param still the same as if nothing moved in the seams
     */
    record Tried(LabelledClip middle, List<Sample> moving, List<Sample> still) {
        Tried {
            moving = List.copyOf(moving);
            still = List.copyOf(still);
        }

        /** With scores in place of margins, rounded as in the names of frames. */
        Tried scored(Calibration calibration) {
            return new Tried(middle, scored(moving, calibration), scored(still, calibration));
        }

        private static List<Sample> scored(List<Sample> margins, Calibration calibration) {
            return margins.stream()
                    .map(m -> new Sample(m.millis(), Math.round(100 * calibration.probability(m.score()))))
                    .toList();
        }
    }

    /** @param seed by which neighbours are drawn */
    RuleTrial(List<StreamPart> parts, long seed) {
        parts.forEach(part -> this.parts.put(part.clip(), part));
        this.seed = seed;
    }

    /**
     * Plays the clips for their pictures.
     *
     * @throws IOException when one cannot be played
     */
    static RuleTrial of(List<ClipMotion> clips, long seed, Consumer<String> progress) throws IOException {
        List<StreamPart> parts = new ArrayList<>();
        for (ClipMotion clip : clips) {
            parts.add(StreamPart.of(clip));
        }
        progress.accept("streams: " + parts.size() + " clips");
        return new RuleTrial(parts, seed);
    }

    @Override
    public void see(int round, ScoreModel model, List<ClipMotion> clips) {
        if (round >= ROUNDS) {
            return;
        }
        List<StreamPart> unknown = clips.stream()
                .map(clip -> Objects.requireNonNull(parts.get(clip.clip())))
                .toList();
        try (StreamMaker maker = new StreamMaker()) {
            for (StreamPart middle : unknown) {
                Random random = new Random(
                        31 * (31 * seed + round) + middle.clip().name().hashCode());
                maker.around(middle, unknown, random.nextLong())
                        .map(stream -> tried(model, stream, random))
                        .ifPresent(tried::add);
            }
        }
    }

    /** What rules make of all streams so far. */
    RuleTable table(Calibration calibration) {
        return RuleTable.of(tried.stream().map(t -> t.scored(calibration)).toList(), seed);
    }

    private static Tried tried(ScoreModel model, ClipStream stream, Random random) {
        long begins = random.nextLong(AlertRule.DEFAULT.slot().toMillis());
        return new Tried(
                stream.middle(),
                margins(model, stream, stream.steps(), begins),
                margins(model, stream, stream.stillInSeams(), begins));
    }

    private static List<Sample> margins(ScoreModel model, ClipStream stream, List<MotionCells> steps, long begins) {
        double until = stream.end() + StreamMaker.AFTER;
        WindowScores windows = new WindowScores(model);
        steps.stream().takeWhile(step -> step.seconds() <= until).forEach(windows::add);
        NavigableMap<Double, Double> margins = new TreeMap<>();
        windows.margins().forEach(margin -> margins.put(margin.seconds(), margin.value()));
        return AlertSlots.samples(margins, stream.start(), until, begins);
    }
}
