package dev.affray.agent.gate;

/**
 * A small grey picture of what a camera sees, {@value #WIDTH} by {@value #HEIGHT}, full range, whatever the camera's own size and shape: what the score is
 * computed from. Immutable.
 */
public final class GreyPicture {
    /** Columns. */
    public static final int WIDTH = 240;

    /** Rows. */
    public static final int HEIGHT = 135;

    private final byte[] samples;

    /** Takes the array over, row by row from the top left; the caller no longer touches it. */
    public GreyPicture(byte[] samples) {
        if (samples.length != WIDTH * HEIGHT) {
            throw new IllegalArgumentException("samples: " + samples.length + " instead of " + WIDTH * HEIGHT);
        }
        this.samples = samples;
    }

    /** From 0, black, to 255. */
    public int at(int column, int row) {
        return samples[row * WIDTH + column] & 0xff;
    }

    /** The same seen in a mirror, left for right. */
    public GreyPicture mirrored() {
        byte[] mirrored = new byte[samples.length];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                mirrored[row * WIDTH + column] = samples[row * WIDTH + WIDTH - 1 - column];
            }
        }
        return new GreyPicture(mirrored);
    }

    /** Row by row; not to be written to. */
    byte[] samples() {
        return samples;
    }
}
