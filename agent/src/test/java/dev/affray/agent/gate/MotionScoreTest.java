package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class MotionScoreTest {
    private static final int SIZE = 24;

    private final MotionScore motion = new MotionScore();

    @Test
    void givesNoScore_untilThereIsASecondAndAHalfOfHistory() {
        for (int i = 0; i < 15; i++) {
            motion.add(scene(i, 60, 100), i * 0.1);
            assertThat(motion.score()).isEmpty();
        }
        motion.add(scene(15, 60, 100), 1.5);
        assertThat(motion.score()).hasValue(0);
    }

    @Test
    void isHighForAgitation_andLowForPassingByAndForFlickeringLight() {
        assertThat(score(i -> 60 + i * 4, 0)).as("passes steadily").isLessThan(20);
        assertThat(score(i -> 55 + i * i * 7 % 11, 0)).as("is flung about").isGreaterThan(40);
        assertThat(score(_ -> 60, 20)).as("the light flickers").isLessThan(10);
    }

    @Test
    void beginsAnew_afterALongGap() {
        for (int i = 0; i < 20; i++) {
            motion.add(scene(i, 60, 100), i * 0.1);
        }
        assertThat(motion.score()).isPresent();
        motion.add(scene(99, 60, 100), 60);
        assertThat(motion.score()).isEmpty();
    }

    /** The score after three seconds of something at a column, under a flickering light. */
    private int score(IntUnaryOperator column, int flicker) {
        MotionScore fresh = new MotionScore();
        for (int i = 0; i < 20; i++) {
            fresh.add(scene(i, column.applyAsInt(i), 100 + (i % 2) * flicker), i * 0.1);
        }
        return fresh.score().orElseThrow();
    }

    /** A grey ground with noise, and something patterned at a column. */
    private static Luma scene(long seed, int column, int grey) {
        Random noise = new Random(seed);
        Random pattern = new Random(4);
        byte[] samples = new byte[Luma.WIDTH * Luma.HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.round(grey + noise.nextGaussian());
        }
        for (int row = 30; row < 30 + SIZE; row++) {
            for (int x = 0; x < SIZE; x++) {
                samples[row * Luma.WIDTH + column + x] = (byte) (grey - 50 + pattern.nextInt(100));
            }
        }
        return new Luma(samples);
    }
}
