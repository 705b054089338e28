package dev.affray.agent.training;

import dev.affray.agent.gate.Codebook;
import dev.affray.agent.gate.FisherVector;
import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModel.Calibration;
import dev.affray.agent.gate.ScoreModel.Facts;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits a model to clips, not calibrated yet: codebook and weights. The same clips and seed always give the same model. Every clip counts as much as any other,
 * however long it is: half as it is, half in other views. Its first picture, with something drawn over it, counts besides as no fight.
 */
final class Fitting {
    private static final double PLAIN = 0.5;
    private static final double STILLS = 0.2;

    private final double cost;
    private final long seed;

    /** @param cost of errors against that of weights */
    Fitting(double cost, long seed) {
        this.cost = cost;
        this.seed = seed;
    }

    ScoreModel fit(List<ClipMotion> clips) {
        Codebook codebook = CodebookFit.of(clips, seed);
        Examples examples = new Examples(codebook);
        for (ClipMotion clip : clips) {
            boolean fight = clip.clip().fight();
            examples.add(List.of(clip.plain()), fight, clip.others().isEmpty() ? cost : cost * PLAIN);
            examples.add(clip.others(), fight, cost * (1 - PLAIN));
            examples.add(clip.stills(), false, cost * STILLS);
        }
        Hinge weights = examples.fit(seed);
        return new ScoreModel(
                codebook,
                weights.weights(),
                weights.intercept(),
                new Calibration(1, 0),
                new Facts(0, 0, 0, 0, 0, 0, 0));
    }

    /** What is learned from. */
    private static final class Examples {
        private final Codebook codebook;
        private final List<float[]> rows = new ArrayList<>();
        private final List<Boolean> hits = new ArrayList<>();
        private final List<Double> counts = new ArrayList<>();

        Examples(Codebook codebook) {
            this.codebook = codebook;
        }

        /** @param count of all of them together */
        void add(List<List<MotionCells>> some, boolean hit, double count) {
            for (List<MotionCells> steps : some) {
                rows.add(FisherVector.of(steps, codebook));
                hits.add(hit);
                counts.add(count / some.size());
            }
        }

        Hinge fit(long seed) {
            boolean[] fights = new boolean[hits.size()];
            for (int i = 0; i < fights.length; i++) {
                fights[i] = hits.get(i);
            }
            return Hinge.fit(
                    rows.toArray(float[][]::new),
                    fights,
                    counts.stream().mapToDouble(c -> c).toArray(),
                    seed);
        }
    }
}
