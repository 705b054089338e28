package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.Random;

/** Grey levels to reckon with: of any height, and between pixels. For one thread. */
final class Levels {
    private final int width;
    private final int height;
    private final float[] values;

    Levels(int width, int height) {
        this.width = width;
        this.height = height;
        values = new float[width * height];
    }

    static Levels of(GreyPicture picture) {
        Levels levels = new Levels(picture.size().width(), picture.size().height());
        for (int i = 0; i < levels.values.length; i++) {
            levels.values[i] = picture.at(i % levels.width, i / levels.width);
        }
        return levels;
    }

    /** Soft blotches of about a size, around 0, mostly within 1. */
    static Levels blotches(int width, int height, double size, Random random) {
        int columns = (int) (width / size) + 3;
        int rows = (int) (height / size) + 3;
        Levels grid = new Levels(columns, rows);
        for (int i = 0; i < grid.values.length; i++) {
            grid.values[i] = (float) random.nextGaussian();
        }
        Levels levels = new Levels(width, height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                levels.values[row * width + column] = grid.at(column / size + 0.5, row / size + 0.5);
            }
        }
        return levels;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** That of a pixel. */
    float get(int column, int row) {
        return values[row * width + column];
    }

    /** Between pixels; beyond the edge that of the edge. */
    float at(double x, double y) {
        double inside = Math.clamp(x, 0, width - 1.001);
        double within = Math.clamp(y, 0, height - 1.001);
        int left = (int) inside;
        int top = (int) within;
        float right = (float) (inside - left);
        float below = (float) (within - top);
        int at = top * width + left;
        int across = width > 1 ? 1 : 0;
        int down = height > 1 ? width : 0;
        return (1 - below) * ((1 - right) * values[at] + right * values[at + across])
                + below * ((1 - right) * values[at + down] + right * values[at + down + across]);
    }

    void set(int column, int row, double value) {
        values[row * width + column] = (float) value;
    }

    /** Adds to a pixel; nothing where there is none. */
    void add(int column, int row, double value) {
        if (column >= 0 && column < width && row >= 0 && row < height) {
            values[row * width + column] += (float) value;
        }
    }

    /** As a picture, from black to white. */
    GreyPicture picture() {
        byte[] samples = new byte[values.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.clamp(Math.round(values[i]), 0, 255);
        }
        return new GreyPicture(new GreyPicture.Size(width, height), samples);
    }
}
