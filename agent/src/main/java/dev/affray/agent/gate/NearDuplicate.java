package dev.affray.agent.gate;

import org.jspecify.annotations.Nullable;

/**
 * Tells pictures that show nothing new since the last one sent. Careful: sensor and compression noise, and as much change as one digit of a burnt-in clock, is
 * nothing new; a person far off is.
 *
 * <p>Not thread-safe.
 */
public final class NearDuplicate {
    /** Four pixels of a small picture are compared as one, which halves the noise. */
    private static final int BLOCK = 2;

    /** Grey levels by which a block must differ to have changed. */
    private static final int CHANGED = 8;

    /** So many changed blocks of 3600 are nothing new. */
    private static final int FEW = 4;

    /** Mean difference, in grey levels, beyond which the whole picture has changed, as when a light goes on slowly. */
    private static final double MEAN_CHANGE = 1.5;

    private @Nullable Luma kept;

    /** Whether a picture may be skipped. */
    public boolean skips(Luma picture) {
        Luma before = kept;
        return before != null && same(before, picture);
    }

    /** From now on pictures are compared with this one. */
    public void keep(Luma picture) {
        kept = picture;
    }

    private static boolean same(Luma before, Luma after) {
        int changed = 0;
        int blocks = 0;
        double total = 0;
        for (int row = 0; row < Luma.HEIGHT; row += BLOCK) {
            for (int column = 0; column < Luma.WIDTH; column += BLOCK) {
                double difference = Math.abs(block(after, column, row) - block(before, column, row));
                total += difference;
                blocks++;
                changed += difference > CHANGED ? 1 : 0;
            }
        }
        return changed <= FEW && total / blocks <= MEAN_CHANGE;
    }

    private static double block(Luma picture, int column, int row) {
        int sum = picture.at(column, row)
                + picture.at(column + 1, row)
                + picture.at(column, row + 1)
                + picture.at(column + 1, row + 1);
        return sum / (double) (BLOCK * BLOCK);
    }
}
