package dev.affray.agent.gate;

import java.util.Arrays;

/** A small grey picture of what a camera sees, {@value #WIDTH} by {@value #HEIGHT}, full range, whatever the camera's own size and shape. Immutable. */
public final class Luma {
    /** Columns. */
    public static final int WIDTH = 160;

    /** Rows. */
    public static final int HEIGHT = 90;

    private final byte[] samples;

    /** Takes the array over, row by row from the top left; the caller no longer touches it. */
    public Luma(byte[] samples) {
        if (samples.length != WIDTH * HEIGHT) {
            throw new IllegalArgumentException("samples: " + samples.length + " instead of " + WIDTH * HEIGHT);
        }
        this.samples = samples;
    }

    /** From 0, black, to 255. */
    public int at(int column, int row) {
        return samples[row * WIDTH + column] & 0xff;
    }

    /** Whether every pixel is the same. */
    boolean sameAs(Luma other) {
        return Arrays.equals(samples, other.samples);
    }
}
