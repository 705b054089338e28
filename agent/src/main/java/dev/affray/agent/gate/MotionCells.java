package dev.affray.agent.gate;

import java.util.Arrays;

/**
 * What moved between two small pictures, cell by cell: how much in which of eight directions, and likewise of the two edges of the motion, where it changes
 * from one pixel to the next. The motion that most pixels share, as when the camera shakes, is taken out. Means over the cell's pixels, in pixels a tenth of a
 * second, so that neither the size nor the rate of the pictures matters.
 *
 * @param rows of cells
 * @param columns of cells
 * @param from when the earlier picture was taken, in seconds
 * @param seconds when the later one was
 * @param values {@value #NUMBERS} for each cell, row by row: the motion, its edges across, its edges down. Not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // only read, and never compared
public record MotionCells(int rows, int columns, double from, double seconds, float[] values) {
    /** A change here or in {@link MotionPatches} makes another set of features, which older models do not fit. */
    public static final String FEATURES = "fisher-2";

    /** Numbers of a cell. */
    public static final int NUMBERS = 24;

    static final int DIRECTIONS = 8;

    /** A cell's side in pixels. */
    private static final double SIDE = 15;

    /** Slower motion is noise. */
    private static final float LEAST_WAY = 0.5f;

    /** Fainter edges are noise. */
    private static final float LEAST_EDGE = 0.05f;

    /** The motion that most pixels share shows in every third each way. */
    private static final int EVERY = 3;

    /**
     * From the flow between two pictures.
     *
     * @param ways as {@link OpticalFlow#between} gives them
     * @param pace what turns pixels between the two pictures into pixels a tenth of a second
     */
    static MotionCells of(GreyPicture.Size size, float[] ways, float pace, double from, double seconds) {
        int width = size.width();
        int height = size.height();
        int columns = (int) Math.max(1, Math.round(width / SIDE));
        int rows = (int) Math.max(1, Math.round(height / SIDE));
        float[] across = component(ways, 0, pace, size);
        float[] down = component(ways, 1, pace, size);
        float[] values = new float[rows * columns * NUMBERS];
        int[] pixels = new int[rows * columns];
        for (int y = 0; y < height; y++) {
            int above = (y == 0 ? Math.min(1, height - 1) : y - 1) * width;
            int here = y * width;
            int below = (y == height - 1 ? Math.max(0, height - 2) : y + 1) * width;
            for (int x = 0; x < width; x++) {
                int left = x == 0 ? Math.min(1, width - 1) : x - 1;
                int right = x == width - 1 ? Math.max(0, width - 2) : x + 1;
                int cell = y * rows / height * columns + x * columns / width;
                pixels[cell]++;
                int at = cell * NUMBERS;
                enter(values, at, across[here + x], down[here + x], LEAST_WAY);
                edge(values, at + DIRECTIONS, across, above, here, below, left, x, right);
                edge(values, at + 2 * DIRECTIONS, down, above, here, below, left, x, right);
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= pixels[i / NUMBERS];
        }
        return new MotionCells(rows, columns, from, seconds, values);
    }

    /** Whether this is the step that comes right after another one, in a picture of the same shape. */
    boolean follows(MotionCells other) {
        return from == other.seconds && rows == other.rows && columns == other.columns;
    }

    private static float[] component(float[] ways, int offset, float pace, GreyPicture.Size size) {
        float[] values = new float[size.width() * size.height()];
        float[] some = new float[((size.width() + EVERY - 1) / EVERY) * ((size.height() + EVERY - 1) / EVERY)];
        for (int i = 0; i < values.length; i++) {
            values[i] = ways[2 * i + offset] * pace;
        }
        int count = 0;
        for (int y = 0; y < size.height(); y += EVERY) {
            for (int x = 0; x < size.width(); x += EVERY) {
                some[count++] = values[y * size.width() + x];
            }
        }
        Arrays.sort(some);
        float common = (some[(count - 1) / 2] + some[count / 2]) / 2;
        for (int i = 0; i < values.length; i++) {
            values[i] -= common;
        }
        return values;
    }

    /** Enters the gradient (Sobel's, 3 x 3) of a pixel. */
    private static void edge(
            float[] values, int at, float[] f, int above, int here, int below, int left, int x, int right) {
        float upper = f[above + right] - f[above + left];
        float lower = f[below + right] - f[below + left];
        float across = (upper + 2 * (f[here + right] - f[here + left]) + lower) / 8;
        float down = (f[below + left]
                        - f[above + left]
                        + 2 * (f[below + x] - f[above + x])
                        + f[below + right]
                        - f[above + right])
                / 8;
        enter(values, at, across, down, LEAST_EDGE);
    }

    private static void enter(float[] values, int at, float across, float down, float least) {
        float square = across * across + down * down;
        if (square > least * least) {
            values[at + direction(across, down)] += (float) Math.sqrt(square);
        }
    }

    /** Eighths of a turn, beginning at the left and going up first. */
    private static int direction(float across, float down) {
        float wide = Math.abs(across);
        float high = Math.abs(down);
        if (down < 0) {
            if (across < 0) {
                return high < wide ? 0 : 1;
            }
            return high >= wide ? 2 : 3;
        }
        if (across >= 0) {
            return high < wide ? 4 : 5;
        }
        return high >= wide ? 6 : 7;
    }
}
