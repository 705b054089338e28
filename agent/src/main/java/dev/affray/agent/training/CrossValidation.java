package dev.affray.agent.training;

import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.score.WindowScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Judges every clip by a model that was fitted without any clip of the same source; several times, with other folds. */
final class CrossValidation {
    private final Fitting fitting;
    private final int folds;
    private final int rounds;
    private final long seed;

    /** Is shown each model with the clips that it knows nothing of. */
    interface Onlooker {
        /** @param round from 0 on */
        void see(int round, ScoreModel model, List<ClipMotion> clips);
    }

    CrossValidation(Fitting fitting, int folds, int rounds, long seed) {
        this.fitting = fitting;
        this.folds = folds;
        this.rounds = rounds;
        this.seed = seed;
    }

    /** For each round every clip with its margin, in the order of the clips. */
    List<List<Judged>> judge(List<ClipMotion> clips, Onlooker onlooker, Consumer<String> progress) {
        List<List<Judged>> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Map<String, Integer> drawn = Folds.draw(clips, folds, seed + round);
            int number = round;
            Judged[] judged = new Judged[clips.size()];
            for (int fold = 0; fold < folds; fold++) {
                judge(clips, drawn, fold, judged, (model, unknown) -> onlooker.see(number, model, unknown));
            }
            all.add(List.of(judged));
            progress.accept("cross-validation: round " + (round + 1) + " of " + rounds);
        }
        return all;
    }

    private void judge(
            List<ClipMotion> clips,
            Map<String, Integer> drawn,
            int fold,
            Judged[] judged,
            BiConsumer<ScoreModel, List<ClipMotion>> onlooker) {
        List<ClipMotion> others = clips.stream()
                .filter(clip -> drawn.getOrDefault(clip.clip().source(), -1) != fold)
                .toList();
        ScoreModel model = fitting.fit(others);
        List<ClipMotion> unknown = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            ClipMotion clip = clips.get(i);
            if (drawn.getOrDefault(clip.clip().source(), -1) == fold) {
                judged[i] = new Judged(clip.clip(), highest(model, clip.plain()));
                unknown.add(clip);
            }
        }
        onlooker.accept(model, unknown);
    }

    private static double highest(ScoreModel model, List<MotionCells> steps) {
        WindowScores windows = new WindowScores(model);
        steps.forEach(windows::add);
        return windows.highest().orElseThrow();
    }
}
