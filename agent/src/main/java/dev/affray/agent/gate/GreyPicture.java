package dev.affray.agent.gate;

/**
 * A small grey picture of what a camera sees, full range: what the score is computed from. It has the camera's shape, and about as many pixels whatever the
 * camera's size, so that people are about as large in it. Immutable.
 */
public final class GreyPicture {
    /** About so many pixels, as many as 240 x 135 are. */
    private static final double PIXELS = 32400;

    private final Size size;
    private final byte[] samples;

    /** Columns and rows. */
    public record Size(int width, int height) {
        /** That of the small picture for a camera's, in pixels. */
        public static Size of(int width, int height) {
            double scale = Math.sqrt(PIXELS / ((double) width * height));
            return new Size(
                    (int) Math.max(1, Math.round(width * scale)), (int) Math.max(1, Math.round(height * scale)));
        }
    }

    /** Takes the array over, row by row from the top left; the caller no longer touches it. */
    public GreyPicture(Size size, byte[] samples) {
        if (samples.length != size.width() * size.height()) {
            throw new IllegalArgumentException("samples: " + samples.length + " for " + size);
        }
        this.size = size;
        this.samples = samples;
    }

    /** How large it is. */
    public Size size() {
        return size;
    }

    /** From 0, black, to 255. */
    public int at(int column, int row) {
        return samples[row * size.width() + column] & 0xff;
    }

    /** The same seen in a mirror, left for right. */
    public GreyPicture mirrored() {
        byte[] mirrored = new byte[samples.length];
        for (int row = 0; row < size.height(); row++) {
            int from = row * size.width();
            for (int column = 0; column < size.width(); column++) {
                mirrored[from + column] = samples[from + size.width() - 1 - column];
            }
        }
        return new GreyPicture(size, mirrored);
    }

    /** The same with every level so many times as high, white at most. */
    public GreyPicture brightened(double times) {
        byte[] bright = new byte[samples.length];
        for (int i = 0; i < bright.length; i++) {
            bright[i] = (byte) Math.clamp(Math.round((samples[i] & 0xff) * times), 0, 255);
        }
        return new GreyPicture(size, bright);
    }

    /** Row by row; not to be written to. */
    byte[] samples() {
        return samples;
    }
}
