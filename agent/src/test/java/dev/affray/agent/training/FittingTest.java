package dev.affray.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.ScoreModel;
import dev.affray.agent.gate.ScoreModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FittingTest {
    @Test
    void separatesExamples_byTheWidestMargin() {
        float[][] rows = {{1, 5}, {3, 5}, {-1, 5}, {-3, 5}};
        boolean[] hits = {true, true, false, false};
        Hinge fit = Hinge.fit(rows, hits, new double[] {100, 100, 100, 100}, 1);
        assertThat(fit.weights()[0]).isCloseTo(1, within(0.05f));
        assertThat(fit.weights()[1]).isCloseTo(0, within(0.05f));
        assertThat(fit.weights()[0] + 5 * fit.weights()[1] + fit.intercept()).isCloseTo(1, within(0.05));

        Hinge small = Hinge.fit(rows, hits, new double[] {0.01, 0.01, 0.01, 0.01}, 1);
        assertThat(small.weights()[0]).as("held small").isBetween(0.01f, 0.2f);
    }

    @Test
    void findsTheAxesAlongWhichNumbersVaryMost() {
        Random random = new Random(1);
        double[][] rows = new double[2000][3];
        for (double[] row : rows) {
            double far = 3 * random.nextGaussian();
            row[0] = 0.1 * random.nextGaussian();
            row[1] = far + 0.5 * random.nextGaussian();
            row[2] = -far + 0.5 * random.nextGaussian();
        }
        double[][] axes = PrincipalAxes.of(rows, 2);
        assertThat(Math.abs(axes[1][0])).isCloseTo(Math.sqrt(0.5), within(0.01));
        assertThat(axes[1][0]).isCloseTo(-axes[2][0], within(0.02));
        assertThat(axes[1][1]).isCloseTo(axes[2][1], within(0.02));
        assertThat(axes[0][0]).isCloseTo(0, within(0.01));
    }

    @Test
    void findsTheGaussiansThatNumbersWereDrawnFrom() {
        Random random = new Random(1);
        double[][] rows = new double[3000][1];
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = i % 3 == 0 ? -4 + random.nextGaussian() : 5 + 0.5 * random.nextGaussian();
        }
        Mixture mixture = Mixture.fit(rows, 2, random);
        int left = mixture.centres()[0][0] < 0 ? 0 : 1;
        assertThat(mixture.centres()[left][0]).isCloseTo(-4, within(0.1));
        assertThat(mixture.centres()[1 - left][0]).isCloseTo(5, within(0.1));
        assertThat(mixture.shares()[left]).isCloseTo(1 / 3.0, within(0.01));
        assertThat(mixture.variances()[left][0]).isCloseTo(1, within(0.15));
        assertThat(mixture.variances()[1 - left][0]).isCloseTo(0.25, within(0.05));
    }

    @Test
    void findsTheOddsThatMarginsMean() {
        Random random = new Random(2);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            double margin = random.nextGaussian();
            judged.add(judged(random.nextDouble() < 1 / (1 + Math.exp(-3 * margin)), margin));
        }
        assertThat(Platt.fit(judged).slope()).isCloseTo(3, within(0.3));
        assertThat(Platt.fit(judged).offset()).isCloseTo(0, within(0.15));
    }

    @Test
    void tellsClipsApart_byModelsThatKnowNothingOfTheirSource() {
        List<ClipMotion> clips = clips();
        CrossValidation validation = new CrossValidation(new Fitting(1, 1), 3, 2, 1);
        Evaluation evaluation = Evaluation.of(validation.judge(clips, (_, _, _) -> {}, _ -> {}), 1);

        assertThat(evaluation.figures().auc()).isGreaterThan(0.9);
        assertThat(evaluation.low().auc())
                .isLessThanOrEqualTo(evaluation.figures().auc());
        assertThat(evaluation.clips()).hasSameSizeAs(clips);
        assertThat(Evaluation.of(validation.judge(clips, (_, _, _) -> {}, _ -> {}), 1))
                .isEqualTo(evaluation);
        ScoreModel model = new Fitting(1, 1).fit(clips);
        ScoreModel again = new Fitting(1, 1).fit(clips);
        assertThat(ScoreModelFile.write(again)).isEqualTo(ScoreModelFile.write(model));
    }

    @Test
    void neverSplitsASource() {
        List<ClipMotion> clips = clips();
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

    /** Of twelve sources; in fights things move otherwise. */
    private static List<ClipMotion> clips() {
        Random random = new Random(4);
        List<ClipMotion> clips = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            boolean fight = random.nextBoolean();
            LabelledClip clip = new LabelledClip(Path.of("c" + i), "c" + i, fight, "s" + i % 12);
            clips.add(new ClipMotion(clip, motion(fight, random), List.of(motion(fight, random)), 2, 0.1));
        }
        return clips;
    }

    /** Of ten steps: in fights directions change all the time. */
    private static List<MotionCells> motion(boolean fight, Random random) {
        List<MotionCells> steps = new ArrayList<>();
        for (int step = 0; step < 10; step++) {
            float[] values = new float[3 * 4 * MotionCells.NUMBERS];
            for (int i = 0; i < values.length; i++) {
                boolean strong = fight ? random.nextInt(4) == 0 : i % 8 == 4;
                values[i] = random.nextFloat() * (strong ? 2 : 0.3f);
            }
            steps.add(new MotionCells(3, 4, step / 10.0, (step + 1) / 10.0, values));
        }
        return steps;
    }
}
