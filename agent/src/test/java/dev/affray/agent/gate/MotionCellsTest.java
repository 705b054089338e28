package dev.affray.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MotionCellsTest {
    private static final GreyPicture.Size SIZE = GreyPicture.Size.of(1920, 1080);
    private static final int COLUMNS = 16;

    @Test
    void keepsTheShapeOfThePicture_andAboutAsManyPixels() {
        assertThat(SIZE).isEqualTo(new GreyPicture.Size(240, 135));
        assertThat(GreyPicture.Size.of(640, 480)).isEqualTo(new GreyPicture.Size(208, 156));
        assertThat(GreyPicture.Size.of(360, 640)).isEqualTo(new GreyPicture.Size(135, 240));
    }

    @Test
    void takesOutMotionThatIsCommonToAll() {
        float[] ways = new float[2 * SIZE.width() * SIZE.height()];
        Arrays.fill(ways, 5);
        MotionCells cells = MotionCells.of(SIZE, ways, 1, 0, 0.1);
        assertThat(cells.columns()).isEqualTo(COLUMNS);
        assertThat(cells.rows()).isEqualTo(9);
        assertThat(cells.values()).containsOnly(0);
    }

    @Test
    void entersMotionAndItsEdges_inTheirCellsAndDirections() {
        float[] ways = new float[2 * SIZE.width() * SIZE.height()];
        int pixel = 37 * SIZE.width() + 65;
        ways[2 * pixel] = 3;
        ways[2 * pixel + 1] = 1;
        MotionCells cells = MotionCells.of(SIZE, ways, 2, 0, 0.1);

        int at = (2 * COLUMNS + 4) * MotionCells.NUMBERS;
        double pixels = 15 * 15;
        assertThat(cells.values()[at + 4]).isCloseTo((float) (Math.hypot(6, 2) / pixels), within(1e-5f));
        // Left of the pixel the motion across rises, right of it it falls; a diagonal neighbour has half as much of
        // both.
        assertThat(cells.values()[at + 8 + 4]).isCloseTo((float) (6 / 4.0 / pixels), within(1e-5f));
        assertThat(cells.values()[at + 16 + 4]).isCloseTo((float) (2 / 4.0 / pixels), within(1e-5f));
        double sum = 0;
        for (int i = 0; i < cells.values().length; i++) {
            sum += i / MotionCells.NUMBERS == at / MotionCells.NUMBERS ? 0 : cells.values()[i];
        }
        assertThat(sum).as("elsewhere").isZero();
    }

    @Test
    void followsOnlyWhatCameRightBefore() {
        MotionCells first = new MotionCells(1, 1, 0, 0.1, new float[MotionCells.NUMBERS]);
        assertThat(new MotionCells(1, 1, 0.1, 0.2, new float[MotionCells.NUMBERS]).follows(first))
                .isTrue();
        assertThat(new MotionCells(1, 1, 0.2, 0.3, new float[MotionCells.NUMBERS]).follows(first))
                .isFalse();
        assertThat(new MotionCells(1, 2, 0.1, 0.2, new float[2 * MotionCells.NUMBERS]).follows(first))
                .isFalse();
    }
}
