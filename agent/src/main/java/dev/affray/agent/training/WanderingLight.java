package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Shadows and patches of light that wander over the picture, and light that changes everywhere. For one thread. */
final class WanderingLight {
    private static final double FASTEST = 60;

    private final List<Patch> patches = new ArrayList<>();
    private final double swing;
    private final double pace;
    private int count;

    /** Places as shares of the picture, ways in pixels a second. */
    private record Patch(
            double x, double y, double across, double down, double wide, double high, double soft, double light) {}

    WanderingLight(Random random) {
        int number = random.nextInt(1, 5);
        for (int i = 0; i < number; i++) {
            patches.add(new Patch(
                    random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(-FASTEST, FASTEST),
                    random.nextDouble(-FASTEST, FASTEST) / 2,
                    random.nextDouble(12, 60),
                    random.nextDouble(12, 60),
                    random.nextDouble(0.05, 0.6),
                    random.nextBoolean() ? random.nextDouble(0.15, 0.8) : -random.nextDouble(0.15, 0.5)));
        }
        swing = random.nextDouble(0.15);
        pace = random.nextDouble(0.2, 3);
    }

    GreyPicture over(GreyPicture picture) {
        double seconds = Disturbance.STEP * count++;
        Levels levels = Levels.of(picture);
        double common = 1 + swing * Math.sin(2 * Math.PI * pace * seconds);
        for (int row = 0; row < levels.height(); row++) {
            for (int column = 0; column < levels.width(); column++) {
                double light = common;
                for (Patch patch : patches) {
                    double across =
                            away(patch.x() * levels.width() + patch.across() * seconds - column, levels.width());
                    double down = away(patch.y() * levels.height() + patch.down() * seconds - row, levels.height());
                    double far = Math.hypot(across / patch.wide(), down / patch.high());
                    light += patch.light() * Math.clamp((1 - far) / patch.soft(), 0, 1);
                }
                levels.set(column, row, levels.get(column, row) * Math.max(0.1, light));
            }
        }
        return levels.picture();
    }

    /** What leaves the picture comes back at the other side, a little later. */
    private static double away(double far, int side) {
        double all = 1.6 * side;
        double within = far % all;
        return within > all / 2 ? within - all : within < -all / 2 ? within + all : within;
    }
}
