package dev.affray.agent.gate;

/**
 * How the cells of a picture moved since the picture before: plain block matching on small grey pictures. A change of brightness common to the whole
 * picture is taken out first. Cells that changed no more than noise does count as still.
 */
final class BlockMotion {
    /** A cell's side in pixels. */
    static final int CELL = 10;

    static final int COLUMNS = Luma.WIDTH / CELL;
    static final int ROWS = Luma.HEIGHT / CELL;
    static final int CELLS = COLUMNS * ROWS;

    /** How far a cell is looked for, in pixels. */
    static final int REACH = 7;

    /** Mean change of a pixel, in grey levels, below which a cell is still. */
    private static final double STILL = 2.5;

    /** What a longer way must gain, in grey levels a pixel for each pixel of way, to be believed. */
    private static final double WAY_PRICE = 0.15;

    final float[] dx = new float[CELLS];
    final float[] dy = new float[CELLS];

    /** Mean difference of a pixel that is left when the cell's way is taken out, in grey levels; 0 in a still cell. */
    final float[] residue = new float[CELLS];

    private BlockMotion() {}

    static BlockMotion between(Luma before, Luma after) {
        BlockMotion motion = new BlockMotion();
        int shift = brightening(before, after);
        for (int cell = 0; cell < CELLS; cell++) {
            motion.match(before, after, shift, cell);
        }
        return motion;
    }

    private void match(Luma before, Luma after, int shift, int cell) {
        int left = cell % COLUMNS * CELL;
        int top = cell / COLUMNS * CELL;
        double area = CELL * CELL;
        double still = difference(before, after, shift, left, top, 0, 0, Integer.MAX_VALUE) / area;
        if (still < STILL) {
            return;
        }
        double best = still;
        double explained = still;
        for (int y = -REACH; y <= REACH; y++) {
            for (int x = -REACH; x <= REACH; x++) {
                double price = WAY_PRICE * Math.hypot(x, y);
                int limit = (int) Math.ceil((best - price) * area);
                if (limit <= 0 || outside(left - x, top - y)) {
                    continue;
                }
                double found = difference(before, after, shift, left, top, x, y, limit) / area;
                if (found + price < best) {
                    best = found + price;
                    explained = found;
                    dx[cell] = x;
                    dy[cell] = y;
                }
            }
        }
        residue[cell] = (float) explained;
    }

    private static boolean outside(int left, int top) {
        return left < 0 || top < 0 || left + CELL > Luma.WIDTH || top + CELL > Luma.HEIGHT;
    }

    /** Sum of differences between a cell and where it would have come from, given up beyond a limit. */
    private static int difference(Luma before, Luma after, int shift, int left, int top, int x, int y, int limit) {
        int sum = 0;
        for (int row = top; row < top + CELL && sum < limit; row++) {
            for (int column = left; column < left + CELL; column++) {
                sum += Math.abs(after.at(column, row) - before.at(column - x, row - y) - shift);
            }
        }
        return sum;
    }

    /** The median change of a pixel. */
    private static int brightening(Luma before, Luma after) {
        int[] counts = new int[511];
        for (int row = 0; row < Luma.HEIGHT; row++) {
            for (int column = 0; column < Luma.WIDTH; column++) {
                counts[after.at(column, row) - before.at(column, row) + 255]++;
            }
        }
        int seen = 0;
        int at = -1;
        while (seen * 2 < Luma.WIDTH * Luma.HEIGHT) {
            seen += counts[++at];
        }
        return at - 255;
    }
}
