package dev.affray.agent.training;

import dev.affray.agent.gate.FlowFeatures;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModel.Calibration;
import dev.affray.agent.gate.ScoreModel.Facts;
import dev.affray.agent.gate.ScoreModel.Term;
import dev.affray.agent.gate.YeoJohnson;
import java.util.ArrayList;
import java.util.List;

/** Fits a model to clips, not calibrated yet. The same clips always give the same model. Every clip counts as much as any other, however long it is. */
final class Fitting {
    /** What does not vary more than this is left alone. */
    private static final double LEAST_DEVIATION = 1e-6;

    private final double cost;

    /** @param cost of errors against that of weights */
    Fitting(double cost) {
        this.cost = cost;
    }

    ScoreModel fit(List<ClipWindows> clips) {
        List<float[]> windows = new ArrayList<>();
        List<Double> hits = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (ClipWindows clip : clips) {
            List<float[]> rows = clip.training();
            for (float[] row : rows) {
                windows.add(row);
                hits.add(clip.clip().fight() ? 1.0 : 0.0);
                counts.add(1.0 / rows.size());
            }
        }
        int size = FlowFeatures.names().size();
        double[][] rows = new double[windows.size()][size];
        List<Term> shapes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            shapes.add(shape(i, windows, rows));
        }
        double[] weights = Logistic.fit(rows, array(hits), array(counts), cost);
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Term shape = shapes.get(i);
            terms.add(new Term(shape.name(), shape.power(), shape.mean(), shape.deviation(), weights[i + 1]));
        }
        return new ScoreModel(terms, weights[0], new Calibration(1, 0), new Facts(0, 0, 0, 0, 0, 0, 0));
    }

    /** How a number is bent and standardised; enters it in the rows, so. */
    private static Term shape(int feature, List<float[]> windows, double[][] rows) {
        double[] values = windows.stream().mapToDouble(w -> w[feature]).toArray();
        double power = PowerFit.of(values);
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = YeoJohnson.bend(values[i], power);
            mean += values[i] / values.length;
        }
        for (double value : values) {
            squares += (value - mean) * (value - mean) / values.length;
        }
        double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares));
        for (int i = 0; i < values.length; i++) {
            rows[i][feature] = (values[i] - mean) / deviation;
        }
        return new Term(FlowFeatures.names().get(feature), power, mean, deviation, 0);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }
}
