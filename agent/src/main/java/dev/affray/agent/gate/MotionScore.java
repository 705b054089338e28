package dev.affray.agent.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * A plain measure of how agitated the motion in a picture is, from 0 to 100. It knows nothing of people or fights: it is high where something in one part
 * of the picture keeps changing its speed and direction for a second and a half, and low for what is still, passes steadily, or lasts only a moment.
 * Games, dancing, waving trees close by or a shaking camera are agitated too.
 *
 * <p>About ten times a second the cells of a small grey picture are matched with the picture before. A cell's agitation is its change of velocity, weighted
 * by how badly the match explains the cell. Over the last {@value #WINDOW_SECONDS} s the weakest third counts, so that it must last; what share of the way
 * led anywhere is taken off, so that passing by counts little; and the strongest neighbourhood of three by three cells is the picture's. The curve from there
 * to 0..100 is fixed, and was chosen by looking at surveillance footage of lively scenes with and without fights.
 *
 * <p>Not thread-safe.
 */
public final class MotionScore {
    /** How much history a score is made of, in seconds. */
    public static final double WINDOW_SECONDS = 1.5;

    /** The time between the pictures it wants, in seconds. */
    public static final double STEP_SECONDS = 0.1;

    /** The agitation at which the score has risen to 63. */
    private static final double SCALE = 4.4;

    /** Beyond this gap, in seconds, motion between two pictures means nothing. */
    private static final double LONGEST_STEP = 0.75;

    private static final int PARTS = 3;

    /** Below this speed a neighbourhood's direction means little; in pixels a step. */
    private static final double LEAST_WAY = 0.3;

    private final Deque<MotionStep> steps = new ArrayDeque<>();
    private Luma last = new Luma(new byte[Luma.WIDTH * Luma.HEIGHT]);
    private double lastSeconds = Double.NaN;
    private double beganSeconds = Double.NaN;

    /**
     * Takes the next picture.
     *
     * @param seconds when, on any steady time line; a step back or a long gap begins anew
     */
    public void add(Luma picture, double seconds) {
        double step = seconds - lastSeconds;
        if (!(step > 0 && step <= LONGEST_STEP)) {
            steps.clear();
            beganSeconds = seconds;
        } else {
            BlockMotion moved = BlockMotion.between(last, picture);
            steps.addLast(new MotionStep(moved, seconds, STEP_SECONDS / step, steps.peekLast()));
            while (steps.getFirst().seconds <= seconds - WINDOW_SECONDS) {
                steps.removeFirst();
            }
        }
        last = picture;
        lastSeconds = seconds;
    }

    /** The score of the {@value #WINDOW_SECONDS} s that end with the last picture; empty while there are fewer. */
    public OptionalInt score() {
        boolean enough = lastSeconds - beganSeconds >= WINDOW_SECONDS - STEP_SECONDS / 2;
        return enough
                ? OptionalInt.of((int) Math.round(100 * (1 - Math.exp(-agitation() / SCALE))))
                : OptionalInt.empty();
    }

    /** That of the strongest neighbourhood. */
    double agitation() {
        float[][] parts = new float[PARTS][BlockMotion.CELLS];
        int[] counts = new int[PARTS];
        float[] dx = new float[BlockMotion.CELLS];
        float[] dy = new float[BlockMotion.CELLS];
        float[] speed = new float[BlockMotion.CELLS];
        for (MotionStep step : steps) {
            double age = (lastSeconds - step.seconds) / WINDOW_SECONDS;
            int part = Math.min(PARTS - 1, (int) (age * PARTS));
            counts[part]++;
            for (int cell = 0; cell < BlockMotion.CELLS; cell++) {
                parts[part][cell] += step.agitation[cell];
                dx[cell] += step.dx[cell];
                dy[cell] += step.dy[cell];
                speed[cell] += step.speed[cell];
            }
        }
        double strongest = 0;
        for (int cell = 0; cell < BlockMotion.CELLS; cell++) {
            double weakest = Double.MAX_VALUE;
            for (int part = 0; part < PARTS; part++) {
                weakest = Math.min(weakest, around(parts[part], cell) / Math.max(1, counts[part]));
            }
            double way = around(speed, cell) + LEAST_WAY * steps.size();
            double idle = 1 - Math.hypot(around(dx, cell), around(dy, cell)) / way;
            strongest = Math.max(strongest, weakest * idle * idle);
        }
        return strongest;
    }

    /** The mean of a cell and its eight neighbours; beyond the edge all is still. */
    private static double around(float[] values, int cell) {
        int row = cell / BlockMotion.COLUMNS;
        int column = cell % BlockMotion.COLUMNS;
        double sum = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(BlockMotion.ROWS - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(BlockMotion.COLUMNS - 1, column + 1); x++) {
                sum += values[y * BlockMotion.COLUMNS + x];
            }
        }
        return sum / 9;
    }
}
