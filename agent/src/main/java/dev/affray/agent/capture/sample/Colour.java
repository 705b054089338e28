package dev.affray.agent.capture.sample;

/**
 * A colour as limited-range YCbCr.
 *
 * @param y luma, 16 to 235
 * @param u blue difference, 16 to 240, neutral at 128
 * @param v red difference, 16 to 240, neutral at 128
 */
record Colour(int y, int u, int v) {
    static Colour grey(int y) {
        return new Colour(y, 128, 128);
    }
}
