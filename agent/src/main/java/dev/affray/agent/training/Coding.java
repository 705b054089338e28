package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What coding at a low bit rate does to small pictures, by rough: each block of 8 x 8 pixels keeps what it was where little changed; else what changed is
 * rounded coarsely along the axes of a cosine transform, fine detail most. One picture in some is coded anew as a whole. For one thread.
 */
final class Coding {
    private static final int SIDE = 8;
    private static final int ANEW = 12;
    private static final double[] COSINES = cosines();

    private final double coarse;
    private final double least;
    private int count;
    private @Nullable Levels before;

    Coding(Random random) {
        coarse = random.nextDouble(4, 24);
        least = random.nextDouble(0.5, 3);
        count = random.nextInt(ANEW);
    }

    GreyPicture over(GreyPicture picture) {
        Levels wanted = Levels.of(picture);
        Levels last = before;
        boolean anew = last == null || ++count % ANEW == 0;
        Levels base = anew || last == null ? new Levels(wanted.width(), wanted.height()) : last;
        Levels coded = new Levels(wanted.width(), wanted.height());
        double[] block = new double[SIDE * SIDE];
        for (int top = 0; top < wanted.height(); top += SIDE) {
            for (int left = 0; left < wanted.width(); left += SIDE) {
                double change = 0;
                for (int i = 0; i < block.length; i++) {
                    int column = Math.min(left + i % SIDE, wanted.width() - 1);
                    int row = Math.min(top + i / SIDE, wanted.height() - 1);
                    block[i] = wanted.get(column, row) - base.get(column, row);
                    change += Math.abs(block[i]) / block.length;
                }
                round(block, anew || change > least);
                for (int i = 0; i < block.length; i++) {
                    int column = left + i % SIDE;
                    int row = top + i / SIDE;
                    if (column < wanted.width() && row < wanted.height()) {
                        coded.set(column, row, base.get(column, row) + block[i]);
                    }
                }
            }
        }
        before = coded;
        return coded.picture();
    }

    private void round(double[] block, boolean kept) {
        double[] waves = turn(turn(block, false), false);
        for (int i = 0; i < waves.length; i++) {
            double step = coarse * (1 + 0.5 * (i % SIDE + i / SIDE));
            waves[i] = kept ? step * Math.rint(waves[i] / step) : 0;
        }
        System.arraycopy(turn(turn(waves, true), true), 0, block, 0, block.length);
    }

    /** Turns the rows into waves or back, and rows into columns. */
    private static double[] turn(double[] block, boolean back) {
        double[] turned = new double[block.length];
        for (int row = 0; row < SIDE; row++) {
            for (int wave = 0; wave < SIDE; wave++) {
                double sum = 0;
                for (int i = 0; i < SIDE; i++) {
                    sum += block[row * SIDE + i] * COSINES[back ? i * SIDE + wave : wave * SIDE + i];
                }
                turned[wave * SIDE + row] = sum;
            }
        }
        return turned;
    }

    private static double[] cosines() {
        double[] cosines = new double[SIDE * SIDE];
        for (int wave = 0; wave < SIDE; wave++) {
            for (int i = 0; i < SIDE; i++) {
                double length = Math.sqrt((wave == 0 ? 1.0 : 2.0) / SIDE);
                cosines[wave * SIDE + i] = length * Math.cos(Math.PI * (i + 0.5) * wave / SIDE);
            }
        }
        return cosines;
    }
}
