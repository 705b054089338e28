package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.affray.agent.gate.FlowFeatures;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.score.FilmWindows.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FittingTest {
    @Test
    void findsTheWeightsThatExamplesWereMadeBy() {
        Random random = new Random(1);
        double[][] rows = new double[4000][2];
        double[] hits = new double[rows.length];
        double[] counts = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
            double p = 1 / (1 + Math.exp(-(0.5 + 2 * rows[i][0] - rows[i][1])));
            hits[i] = random.nextDouble() < p ? 1 : 0;
            counts[i] = 1;
        }
        double[] weights = Logistic.fit(rows, hits, counts, 1e6);
        assertThat(weights[0]).isCloseTo(0.5, within(0.2));
        assertThat(weights[1]).isCloseTo(2, within(0.2));
        assertThat(weights[2]).isCloseTo(-1, within(0.2));
        assertThat(Logistic.fit(rows, hits, counts, 1e-4)[1]).as("held small").isBetween(0.0, 0.3);
    }

    @Test
    void bendsSkewedNumbersStraight() {
        Random random = new Random(2);
        double[] skewed = random.doubles(2000).map(u -> Math.expm1(2 * u)).toArray();
        assertThat(PowerFit.of(skewed)).isCloseTo(0, within(0.25));
        double[] normal = new Random(3)
                .ints(2000, 0, 1)
                .mapToDouble(_ -> 5 + random.nextGaussian())
                .toArray();
        assertThat(PowerFit.of(normal)).isCloseTo(1, within(0.6));
    }

    @Test
    void tellsClipsApart_byModelsThatKnowNothingOfTheirSource() {
        List<ClipWindows> clips = clips();
        CrossValidation validation = new CrossValidation(new Fitting(0.02), 3, 2, 1);
        Evaluation evaluation = Evaluation.of(validation.judge(clips, _ -> {}), 1);

        assertThat(evaluation.figures().auc()).isGreaterThan(0.9);
        assertThat(evaluation.low().auc())
                .isLessThanOrEqualTo(evaluation.figures().auc());
        assertThat(evaluation.clips()).hasSameSizeAs(clips);
        assertThat(Evaluation.of(validation.judge(clips, _ -> {}), 1)).isEqualTo(evaluation);
        ScoreModel model = new Fitting(0.02).fit(clips);
        assertThat(new Fitting(0.02).fit(clips)).isEqualTo(model);
    }

    @Test
    void neverSplitsASource() {
        List<ClipWindows> clips = clips();
        Map<String, Integer> folds = Folds.draw(clips, 4, 1);
        assertThat(folds).hasSize(12);
        assertThat(new HashSet<>(folds.values())).hasSize(4);
        assertThat(Folds.draw(clips, 4, 1)).isEqualTo(folds);
        assertThat(Folds.draw(clips, 4, 2)).isNotEqualTo(folds);
    }

    @Test
    void measuresWhatItSays() {
        Figures perfect =
                Figures.of(List.of(judged(true, 0.9), judged(true, 0.6), judged(false, 0.4), judged(false, 0.1)));
        assertThat(perfect).isEqualTo(new Figures(1, 1, 1));
        Figures mixed =
                Figures.of(List.of(judged(true, 0.9), judged(true, 0.3), judged(false, 0.6), judged(false, 0.3)));
        assertThat(mixed.auc()).isCloseTo((2 + 0.5) / 4, within(1e-9));
        assertThat(mixed.accuracy()).isEqualTo(0.5);
        assertThat(mixed.recall()).isEqualTo(0.5);
    }

    private static Judged judged(boolean fight, double value) {
        return new Judged(new LabelledClip(Path.of("a"), "a", fight, "a"), value);
    }

    /** Of twelve sources; in fights a few of the numbers are higher. */
    private static List<ClipWindows> clips() {
        Random random = new Random(4);
        List<ClipWindows> clips = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean fight = random.nextBoolean();
            float[] features = new float[FlowFeatures.names().size()];
            for (int k = 0; k < features.length; k++) {
                features[k] = (float) (random.nextGaussian() + (fight && k < 20 ? 1.5 : 0));
            }
            LabelledClip clip = new LabelledClip(Path.of("c" + i), "c" + i, fight, "s" + i % 12);
            clips.add(new ClipWindows(clip, List.of(new Window(2, true, features)), List.of(), 2, 0.1));
        }
        return clips;
    }
}
