package dev.affray.agent.gate;

import org.jspecify.annotations.Nullable;

/** What moved between two pictures, cell by cell, in pixels a tenth of a second. */
final class MotionStep {
    final double seconds;
    final float[] dx = new float[BlockMotion.CELLS];
    final float[] dy = new float[BlockMotion.CELLS];
    final float[] speed = new float[BlockMotion.CELLS];

    /** Change of velocity since the step before, weighted by how badly a shift explains the cell. */
    final float[] agitation = new float[BlockMotion.CELLS];

    /**
     * @param seconds the time of the later picture
     * @param pace what turns pixels between the two pictures into pixels a tenth of a second
     */
    MotionStep(BlockMotion motion, double seconds, double pace, @Nullable MotionStep before) {
        this.seconds = seconds;
        for (int cell = 0; cell < BlockMotion.CELLS; cell++) {
            dx[cell] = (float) (motion.dx[cell] * pace);
            dy[cell] = (float) (motion.dy[cell] * pace);
            speed[cell] = (float) Math.hypot(dx[cell], dy[cell]);
            double turn = before == null ? 0 : Math.hypot(dx[cell] - before.dx[cell], dy[cell] - before.dy[cell]);
            agitation[cell] = (float) (turn * Math.sqrt(motion.residue[cell]));
        }
    }
}
