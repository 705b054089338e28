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
 * however long it is: half as it is, half in other views.
 */
final class Fitting {
    private static final double PLAIN = 0.5;

    private final double cost;
    private final long seed;

    /** @param cost of errors against that of weights */
    Fitting(double cost, long seed) {
        this.cost = cost;
        this.seed = seed;
    }

    ScoreModel fit(List<ClipMotion> clips) {
        Codebook codebook = CodebookFit.of(clips, seed);
        List<float[]> rows = new ArrayList<>();
        List<Boolean> hits = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (ClipMotion clip : clips) {
            int others = clip.others().size();
            rows.add(FisherVector.of(clip.plain(), codebook));
            counts.add(others == 0 ? cost : cost * PLAIN);
            for (List<MotionCells> other : clip.others()) {
                rows.add(FisherVector.of(other, codebook));
                counts.add(cost * (1 - PLAIN) / others);
            }
            for (int i = 0; i <= others; i++) {
                hits.add(clip.clip().fight());
            }
        }
        boolean[] fights = new boolean[hits.size()];
        for (int i = 0; i < fights.length; i++) {
            fights[i] = hits.get(i);
        }
        Hinge weights = Hinge.fit(
                rows.toArray(float[][]::new),
                fights,
                counts.stream().mapToDouble(c -> c).toArray(),
                seed);
        return new ScoreModel(
                codebook,
                weights.weights(),
                weights.intercept(),
                new Calibration(1, 0),
                new Facts(0, 0, 0, 0, 0, 0, 0));
    }
}
