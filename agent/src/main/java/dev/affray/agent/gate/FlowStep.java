package dev.affray.agent.gate;

/**
 * What moved between two small pictures, cell by cell: how much in which of eight directions, and the same of the edges of the motion, where it changes from
 * one pixel to the next. The motion that most pixels share, as when the camera shakes, is taken out. In pixels a tenth of a second, so that the rate of the
 * pictures does not matter. Immutable.
 */
final class FlowStep {
    static final int COLUMNS = 8;
    static final int ROWS = 6;
    static final int CELLS = COLUMNS * ROWS;
    static final int DIRECTIONS = 8;

    private static final int WIDTH = GreyPicture.WIDTH;
    private static final int HEIGHT = GreyPicture.HEIGHT;
    private static final int CELL_WIDTH = WIDTH / COLUMNS;
    private static final int CELL_HEIGHT = HEIGHT / ROWS;

    /** Slower motion is noise. */
    private static final float LEAST_WAY = 0.5f;

    /** Fainter edges are noise. */
    private static final float LEAST_EDGE = 0.05f;

    /** When the later picture was taken, in seconds. */
    final double seconds;

    /** Motion by cell and direction. */
    final float[] motion = new float[CELLS * DIRECTIONS];

    /** Edges of the motion across, likewise. */
    final float[] acrossEdges = new float[CELLS * DIRECTIONS];

    /** Edges of the motion down. */
    final float[] downEdges = new float[CELLS * DIRECTIONS];

    /** How much the grey changed, by cell. */
    final float[] change = new float[CELLS];

    private FlowStep(double seconds) {
        this.seconds = seconds;
    }

    /**
     * From the flow between two pictures.
     *
     * @param ways as {@link OpticalFlow#between} gives them
     * @param pace what turns pixels between the two pictures into pixels a tenth of a second
     * @param seconds the time of the later picture
     */
    static FlowStep of(GreyPicture before, GreyPicture after, float[] ways, float pace, double seconds) {
        FlowStep step = new FlowStep(seconds);
        float[] across = component(ways, 0, pace);
        float[] down = component(ways, 1, pace);
        for (int row = 0; row < ROWS * CELL_HEIGHT; row++) {
            for (int column = 0; column < COLUMNS * CELL_WIDTH; column++) {
                int i = row * WIDTH + column;
                int cell = row / CELL_HEIGHT * COLUMNS + column / CELL_WIDTH;
                enter(step.motion, cell, across[i], down[i], LEAST_WAY);
                step.change[cell] += Math.abs(after.at(column, row) - before.at(column, row));
            }
        }
        edges(across, step.acrossEdges);
        edges(down, step.downEdges);
        return step;
    }

    /** How much moves in a cell. */
    float energy(int cell) {
        float sum = 0;
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            sum += motion[cell * DIRECTIONS + direction];
        }
        return sum;
    }

    private static float[] component(float[] ways, int offset, float pace) {
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = ways[2 * i + offset] * pace;
        }
        float common = Median.of(values.clone());
        for (int i = 0; i < values.length; i++) {
            values[i] -= common;
        }
        return values;
    }

    /** Enters the gradient (Sobel's, 3 x 3) of each pixel. */
    private static void edges(float[] values, float[] edges) {
        for (int row = 0; row < ROWS * CELL_HEIGHT; row++) {
            int above = Math.abs(row - 1) * WIDTH;
            int here = row * WIDTH;
            int below = (row + 1) * WIDTH;
            for (int column = 0; column < COLUMNS * CELL_WIDTH; column++) {
                int left = Math.abs(column - 1);
                int right = column == WIDTH - 1 ? WIDTH - 2 : column + 1;
                float topLeft = values[above + left];
                float topRight = values[above + right];
                float bottomLeft = values[below + left];
                float bottomRight = values[below + right];
                float across = topRight
                        - topLeft
                        + 2 * (values[here + right] - values[here + left])
                        + bottomRight
                        - bottomLeft;
                float down = bottomLeft
                        - topLeft
                        + 2 * (values[below + column] - values[above + column])
                        + bottomRight
                        - topRight;
                int cell = row / CELL_HEIGHT * COLUMNS + column / CELL_WIDTH;
                enter(edges, cell, across / 8, down / 8, LEAST_EDGE);
            }
        }
    }

    private static void enter(float[] histogram, int cell, float across, float down, float least) {
        float square = across * across + down * down;
        if (square > least * least) {
            histogram[cell * DIRECTIONS + direction(across, down)] += (float) Math.sqrt(square);
        }
    }

    /** Eighths of a turn, beginning at the left and going up first. */
    private static int direction(float across, float down) {
        boolean flat = Math.abs(down) < Math.abs(across);
        if (down < 0) {
            if (across < 0) {
                return flat ? 0 : 1;
            }
            return down < -across ? 2 : 3;
        }
        if (across > 0) {
            return flat ? 4 : 5;
        }
        return down > -across ? 6 : 7;
    }
}
