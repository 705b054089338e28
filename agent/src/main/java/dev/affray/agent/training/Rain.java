package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.Random;

/** Streaks of rain, in other places in each picture: it falls too fast to be followed. For one thread. */
final class Rain {
    private static final double WIDE = 0.1;

    private final Random random;
    private final int streaks;
    private final double length;
    private final double lean;
    private final double strength;

    Rain(Random random) {
        this.random = random;
        streaks = random.nextInt(30, 250);
        length = random.nextDouble(5, 16);
        lean = random.nextDouble(-0.4, 0.4);
        strength = random.nextDouble(12, 60);
    }

    GreyPicture over(GreyPicture picture) {
        Levels levels = Levels.of(picture);
        for (int i = 0; i < streaks; i++) {
            streak(levels);
        }
        return levels.picture();
    }

    private void streak(Levels levels) {
        double x = random.nextDouble(levels.width());
        int top = random.nextInt(-10, levels.height());
        int rows = (int) (length * random.nextDouble(0.6, 1.4));
        double light = strength * random.nextDouble(0.3, 1);
        int columns = random.nextDouble() < WIDE ? 3 : 1;
        for (int row = 0; row < rows; row++) {
            double at = x + lean * row;
            int left = (int) Math.floor(at);
            double right = at - left;
            for (int column = 0; column < columns; column++) {
                levels.add(left + column, top + row, light * (1 - right) / columns);
                levels.add(left + column + 1, top + row, light * right / columns);
            }
        }
    }
}
