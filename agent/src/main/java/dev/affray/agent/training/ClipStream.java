package dev.affray.agent.training;

import dev.affray.agent.gate.MotionCells;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A clip with others before and after it, as one stream of a camera.
 *
 * @param middle the clip
 * @param steps what moves from each picture to the next; each follows the one before
 * @param seams the places of those steps in which one clip ends and the next begins: their motion is artificial
 * @param start when the middle's first picture comes, in seconds since the stream began
 * @param end when its last one comes
 */
record ClipStream(LabelledClip middle, List<MotionCells> steps, Set<Integer> seams, double start, double end) {
    ClipStream {
        steps = List.copyOf(steps);
        seams = Set.copyOf(seams);
    }

    /** The steps, as if nothing moved in the seams. */
    List<MotionCells> stillInSeams() {
        List<MotionCells> still = new ArrayList<>(steps);
        for (int seam : seams) {
            MotionCells step = steps.get(seam);
            float[] nothing = new float[step.values().length];
            still.set(seam, new MotionCells(step.rows(), step.columns(), step.from(), step.seconds(), nothing));
        }
        return still;
    }
}
