package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FisherVectorTest {
    private static final Codebook CODEBOOK = ScoreModel.shipped().codebook();

    @Test
    void describesAPatchByShares_inTheOrderOfSlotRowColumnAndDirection() {
        List<MotionCells> steps = steps(MotionPatches.STEPS, 2, 2, 0);
        steps.get(2).values()[(1 * 2 + 0) * MotionCells.NUMBERS + 5] = 8;
        steps.get(5).values()[(0 * 2 + 1) * MotionCells.NUMBERS + 8 + 3] = 4;
        MotionPatches patches = new MotionPatches(steps);
        assertThat(patches.count()).isEqualTo(1);
        assertThat(patches.energies()[0]).isCloseTo(8 / 24f, within(1e-6f));

        float[] motion = new float[MotionPatches.size(0)];
        patches.describe(0, 0, motion);
        // In all 8, and half a pixel of standing still in each of the eleven other places.
        assertThat(motion[(4 + 2) * 9 + 5]).isCloseTo((float) Math.sqrt(8 / (8 + 5.5 + 1e-3)), within(1e-5f));
        assertThat(motion[8]).isCloseTo((float) Math.sqrt(0.5 / (8 + 5.5 + 1e-3)), within(1e-5f));
        assertThat(motion[(4 + 2) * 9 + 8]).isZero();
        float[] across = new float[MotionPatches.size(0)];
        patches.describe(0, 1, across);
        assertThat(across[(8 + 1) * 8 + 3]).isCloseTo(1, within(1e-3f));
    }

    @Test
    void isOfLengthOne() {
        assertThat(length(FisherVector.of(steps(20, 9, 16, 3), CODEBOOK))).isCloseTo(1, within(1e-5));
        assertThat(length(FisherVector.of(steps(20, 9, 16, 0), CODEBOOK)))
                .as("where nothing moves")
                .isCloseTo(1, within(1e-5));
        assertThat(length(FisherVector.of(steps(20, 1, 16, 3), CODEBOOK)))
                .as("without patches")
                .isZero();
    }

    @Test
    void isTheSameForAStreamAsForAStretch() {
        for (float strength : new float[] {3, 0.05f, 0}) {
            List<MotionCells> steps = steps(33, 9, 16, strength);
            MotionWindow window = new MotionWindow(CODEBOOK);
            steps.forEach(window::add);
            assertThat(window.features().orElseThrow())
                    .usingComparatorWithPrecision(1e-3f)
                    .containsExactly(FisherVector.of(steps.subList(13, 33), CODEBOOK));
        }
    }

    @Test
    void countsThePatchesThatMoveMost_whereFewMove() {
        assertThat(FisherVector.counting(steps(20, 9, 16, 0.05f))).hasSize(20);
        assertThat(FisherVector.counting(steps(6, 4, 4, 0.05f))).hasSize(9);
        assertThat(FisherVector.counting(steps(20, 9, 16, 3)).size()).isGreaterThan(1000);
    }

    @Test
    void letsNoPatchGoAcrossAGap() {
        List<MotionCells> steps = steps(20, 9, 16, 3);
        steps.subList(9, 11).clear();
        assertThat(FisherVector.counting(steps)).hasSizeLessThan(9 * 8 * 15);
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Of motion of a mean strength in all cells and directions, by lot. */
    private static List<MotionCells> steps(int count, int rows, int columns, float strength) {
        Random random = new Random(1);
        List<MotionCells> steps = new ArrayList<>();
        double from = 0;
        for (int i = 1; i <= count; i++) {
            float[] values = new float[rows * columns * MotionCells.NUMBERS];
            for (int k = 0; k < values.length; k++) {
                values[k] = strength * random.nextFloat() / 4;
            }
            double to = i * 0.1;
            steps.add(new MotionCells(rows, columns, from, to, values));
            from = to;
        }
        return steps;
    }
}
