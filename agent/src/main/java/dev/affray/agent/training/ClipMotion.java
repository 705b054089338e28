package dev.affray.agent.training;

import dev.affray.agent.gate.MotionCells;
import java.util.List;

/**
 * What moves in a clip.
 *
 * @param plain as it is
 * @param others the same of other views of it, to train on
 * @param seconds how long it is
 * @param cpuSeconds what computing {@code plain} took, decoding included
 */
record ClipMotion(
        LabelledClip clip, List<MotionCells> plain, List<List<MotionCells>> others, double seconds, double cpuSeconds) {
    ClipMotion {
        plain = List.copyOf(plain);
        others = List.copyOf(others);
    }
}
