package dev.affray.agent.gate;

import java.util.Random;

/** Small grey pictures for the tests of the score: a patterned ground, and somebody patterned on it. */
final class Greys {
    static final GreyPicture.Size WHOLE = GreyPicture.Size.of(1280, 720);
    private static final int SIZE = 44;
    private static final float[] GROUND = pattern(1, 6);
    private static final float[] PERSON = pattern(2, 4);

    private Greys() {}

    /**
     * A scene.
     *
     * @param shift of the whole picture, in pixels across
     * @param light added everywhere
     * @param x where somebody's left edge is; nobody when that is negative
     * @param y where the upper edge is
     * @param seed of a little noise
     */
    static GreyPicture scene(double shift, double light, double x, double y, long seed) {
        Random noise = new Random(seed);
        byte[] samples = new byte[WHOLE.width() * WHOLE.height()];
        for (int row = 0; row < WHOLE.height(); row++) {
            for (int column = 0; column < WHOLE.width(); column++) {
                boolean person = x >= 0 && column >= x && column < x + SIZE && row >= y && row < y + SIZE;
                double value = person ? at(PERSON, column - x, row - y) : at(GROUND, column - shift, row);
                samples[row * WHOLE.width() + column] =
                        (byte) Math.clamp(Math.round(110 + 60 * value + light + noise.nextGaussian()), 0, 255);
            }
        }
        return new GreyPicture(WHOLE, samples);
    }

    /** Between the pixels, so that motion of less than one shows. */
    private static double at(float[] pattern, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double below = y - top;
        return (1 - below) * ((1 - right) * cell(pattern, left, top) + right * cell(pattern, left + 1, top))
                + below * ((1 - right) * cell(pattern, left, top + 1) + right * cell(pattern, left + 1, top + 1));
    }

    private static float cell(float[] pattern, int x, int y) {
        return pattern[Math.floorMod(y, 256) * 256 + Math.floorMod(x, 256)];
    }

    /** Soft blotches of a size. */
    private static float[] pattern(long seed, int size) {
        Random random = new Random(seed);
        double[] waves = random.doubles(40).toArray();
        float[] pattern = new float[256 * 256];
        for (int i = 0; i < pattern.length; i++) {
            double sum = 0;
            for (int k = 0; k < waves.length; k += 4) {
                double turn = 2 * Math.PI * (waves[k] * (i % 256) + waves[k + 1] * (i / 256)) / size;
                sum += Math.sin(turn + 7 * waves[k + 2]) * waves[k + 3];
            }
            pattern[i] = (float) (sum / 3);
        }
        return pattern;
    }
}
