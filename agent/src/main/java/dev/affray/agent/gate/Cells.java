package dev.affray.agent.gate;

import java.util.Arrays;

/** How much each cell of a small picture differs from another picture, in grey levels a pixel, once a change of brightness common to all is taken out. */
final class Cells {
    /** A cell's side in pixels: at 1080p, 60 of the camera's. */
    static final int SIDE = 5;

    static final int COLUMNS = Luma.WIDTH / SIDE;
    static final int ROWS = Luma.HEIGHT / SIDE;
    static final int COUNT = COLUMNS * ROWS;

    /** Mean absolute difference of each cell. */
    final float[] change = new float[COUNT];

    /** The change of brightness that was taken out. */
    final int brightening;

    /** @param reference the picture before, or a slow background, pixel by pixel */
    Cells(Luma picture, float[] reference) {
        int[] differences = new int[reference.length];
        int[] counts = new int[511];
        for (int i = 0; i < reference.length; i++) {
            int difference = Math.round(picture.at(i % Luma.WIDTH, i / Luma.WIDTH) - reference[i]);
            differences[i] = difference;
            counts[difference + 255]++;
        }
        brightening = median(counts, reference.length);
        for (int i = 0; i < reference.length; i++) {
            int cell = i / Luma.WIDTH / SIDE * COLUMNS + i % Luma.WIDTH / SIDE;
            change[cell] += Math.abs(differences[i] - brightening) / (float) (SIDE * SIDE);
        }
    }

    /** The change that three quarters of the cells do not reach. */
    double upperQuartile() {
        float[] sorted = change.clone();
        Arrays.sort(sorted);
        return sorted[COUNT * 3 / 4];
    }

    private static int median(int[] counts, int total) {
        int seen = 0;
        int at = -1;
        while (seen * 2 < total) {
            seen += counts[++at];
        }
        return at - 255;
    }
}
