package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A part of the picture sways: leaves that are drawn over it, or what is there. For one thread. */
final class Trees {
    private static final double LEAVES = 0.6;

    private final Random random;
    private final boolean leaves;
    private final double reach;
    private final double quick;
    private final double slow;
    private final double level;
    private final double contrast;
    private final double cover;
    private final double x;
    private final double y;
    private int count;
    private @Nullable Levels texture;
    private @Nullable Levels phase;
    private @Nullable Levels edge;

    Trees(Random random) {
        this.random = random;
        leaves = random.nextDouble() < LEAVES;
        reach = random.nextDouble(0.5, 4.5);
        quick = random.nextDouble(0.5, 1.6);
        slow = random.nextDouble(0.1, 0.5);
        level = random.nextDouble(40, 120);
        contrast = random.nextDouble(12, 40);
        cover = random.nextDouble(0.25, 0.6);
        x = random.nextDouble();
        y = random.nextDouble(0.6);
    }

    GreyPicture over(GreyPicture picture) {
        Levels under = Levels.of(picture);
        int width = under.width();
        int height = under.height();
        Levels cloth = known(texture, width, height, 3.5);
        Levels turns = known(phase, width, height, 30);
        Levels border = known(edge, width, height, 12);
        texture = cloth;
        phase = turns;
        edge = border;
        double turn = 2 * Math.PI * Disturbance.STEP * count++;
        double gust = 0.6 + 0.4 * Math.sin(slow * turn);
        Levels over = new Levels(width, height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double own = 2.5 * turns.get(column, row);
                double across =
                        reach * gust * (Math.sin(quick * turn + own) + 0.4 * Math.sin(2.3 * quick * turn - own));
                double down = 0.4 * reach * gust * Math.sin(1.4 * quick * turn + 1.7 * own);
                double share = share(column - across, row - down, width, height, border);
                double moved = leaves
                        ? level + contrast * cloth.at(column - across, row - down)
                        : under.at(column - across, row - down);
                over.set(column, row, (1 - share) * under.get(column, row) + share * moved);
            }
        }
        return over.picture();
    }

    /** How much of it sways: all within a ragged round, nothing beyond. */
    private double share(double column, double row, int width, int height, Levels border) {
        double across = (column / width - x) / cover;
        double down = (row / height - y) / cover;
        double within = 1 - Math.sqrt(across * across + down * down) + 0.35 * border.at(column, row);
        return Math.clamp(6 * within, 0, 1);
    }

    private Levels known(@Nullable Levels levels, int width, int height, double size) {
        return levels == null ? Levels.blotches(width, height, size, random) : levels;
    }
}
