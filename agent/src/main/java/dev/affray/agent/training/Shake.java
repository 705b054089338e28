package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.Random;

/** The camera swings and rolls; the picture is cut a little, so that nothing is beyond its edge. For one thread. */
final class Shake {
    private static final int SWINGS = 3;
    private static final double CUT = 0.92;

    /** For each of across, down and roll so many times pace, phase and width. */
    private final double[] swings = new double[3 * SWINGS * 3];

    private int count;

    Shake(Random random) {
        double most = random.nextDouble(0.5, 5);
        double roll = random.nextDouble(0.01);
        for (int i = 0; i < swings.length; i += 3) {
            swings[i] = random.nextDouble(0.5, 4.5);
            swings[i + 1] = random.nextDouble(2 * Math.PI);
            swings[i + 2] = random.nextDouble() * (i / 3 / SWINGS == 2 ? roll : most) / 1.5;
        }
    }

    GreyPicture over(GreyPicture picture) {
        double seconds = Disturbance.STEP * count++;
        double across = swing(0, seconds);
        double down = swing(1, seconds);
        double roll = swing(2, seconds);
        Levels still = Levels.of(picture);
        Levels shaken = new Levels(still.width(), still.height());
        double middle = still.width() / 2.0;
        double centre = still.height() / 2.0;
        for (int row = 0; row < still.height(); row++) {
            for (int column = 0; column < still.width(); column++) {
                double right = CUT * (column - middle);
                double below = CUT * (row - centre);
                shaken.set(
                        column,
                        row,
                        still.at(middle + right - roll * below + across, centre + below + roll * right + down));
            }
        }
        return shaken.picture();
    }

    private double swing(int way, double seconds) {
        double sum = 0;
        for (int i = 3 * SWINGS * way; i < 3 * SWINGS * (way + 1); i += 3) {
            sum += swings[i + 2] * Math.sin(2 * Math.PI * swings[i] * seconds + swings[i + 1]);
        }
        return sum;
    }
}
