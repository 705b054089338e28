package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.Random;

/** Little light: the picture is dark, and grains and blotches flicker in it. For one thread. */
final class Darkness {
    private final Random random;
    private final double light;
    private final double ground;
    private final double grain;
    private final double blotch;
    private final double size;

    Darkness(Random random) {
        this.random = random;
        light = random.nextDouble(0.15, 0.5);
        ground = random.nextDouble(4, 20);
        grain = random.nextDouble(1, 6);
        blotch = random.nextDouble(0.5, 4);
        size = random.nextDouble(2.5, 7);
    }

    GreyPicture over(GreyPicture picture) {
        Levels levels = Levels.of(picture);
        Levels blotches = Levels.blotches(levels.width(), levels.height(), size, random);
        for (int row = 0; row < levels.height(); row++) {
            for (int column = 0; column < levels.width(); column++) {
                double noise = grain * random.nextGaussian() + blotch * blotches.get(column, row);
                levels.set(column, row, ground + light * levels.get(column, row) + noise);
            }
        }
        return levels.picture();
    }
}
