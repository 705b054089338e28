package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowFeaturesTest {
    @Test
    void givesEachNumberAName() {
        assertThat(FlowFeatures.names()).doesNotHaveDuplicates().hasSize(window(1).length);
    }

    @Test
    void isTheSameInAMirror() {
        assertThat(window(1)).hasSameSizeAs(window(-1));
        float[] plain = window(1);
        float[] mirrored = window(-1);
        // The sum of what is far from the same is small: the search for motion is not quite even-handed.
        double apart = 0;
        for (int i = 0; i < plain.length; i++) {
            apart += Math.abs(plain[i] - mirrored[i]) / (1 + Math.abs(plain[i]));
        }
        assertThat(apart / plain.length).isLessThan(0.1);
    }

    @Test
    void takesOutMotionThatIsCommonToAll() {
        float[] ways = new float[2 * GreyPicture.WIDTH * GreyPicture.HEIGHT];
        Arrays.fill(ways, 5);
        GreyPicture picture = Greys.scene(0, 0, -1, 0, 1);
        FlowStep step = FlowStep.of(picture, picture, ways, 1, 0.1);
        assertThat(step.motion).containsOnly(0);
        assertThat(step.acrossEdges).containsOnly(0);
    }

    @Test
    void entersMotionInItsCellAndDirection() {
        float[] ways = new float[2 * GreyPicture.WIDTH * GreyPicture.HEIGHT];
        int pixel = 30 * GreyPicture.WIDTH + 65;
        ways[2 * pixel] = 3;
        ways[2 * pixel + 1] = 1;
        GreyPicture picture = Greys.scene(0, 0, -1, 0, 1);
        FlowStep step = FlowStep.of(picture, picture, ways, 2, 0.1);

        int cell = FlowStep.COLUMNS + 2;
        assertThat(step.motion[cell * FlowStep.DIRECTIONS + 4]).isCloseTo((float) Math.hypot(6, 2), offset());
        assertThat(step.energy(cell)).isCloseTo((float) Math.hypot(6, 2), offset());
    }

    @Test
    void findsTheMedian() {
        Random random = new Random(1);
        for (int length = 1; length < 60; length++) {
            float[] numbers = new float[length];
            for (int i = 0; i < length; i++) {
                numbers[i] = random.nextInt(12) - 5;
            }
            float[] sorted = numbers.clone();
            Arrays.sort(sorted);
            assertThat(Median.of(numbers)).isEqualTo(sorted[length / 2]);
        }
    }

    /** Of somebody who is flung about, as it is or mirrored. */
    private static float[] window(int side) {
        try (MotionWindow window = new MotionWindow()) {
            for (int i = 0; i < 20; i++) {
                GreyPicture picture = Greys.scene(0, 0, 90 + 9 * Math.sin(i * 1.7), 50 + 5 * Math.sin(i * 2.3), 1);
                window.add(side > 0 ? picture : picture.mirrored(), i * 0.1);
            }
            return window.features().orElseThrow();
        }
    }

    private static org.assertj.core.data.Offset<Float> offset() {
        return org.assertj.core.data.Offset.offset(1e-3f);
    }
}
