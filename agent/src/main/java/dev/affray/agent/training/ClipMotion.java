package dev.affray.agent.training;

import dev.affray.agent.gate.MotionCells;
import java.util.List;

/**
 * What moves in a clip.
 *
 * @param plain as it is
 * @param others the same of other views of it, to train on
 * @param stills the same of views of its first picture alone: to train on as no fight, whatever the clip is
 * @param seconds how long it is
 * @param cpuSeconds what computing {@code plain} took, decoding included
 */
record ClipMotion(
        LabelledClip clip,
        List<MotionCells> plain,
        List<List<MotionCells>> others,
        List<List<MotionCells>> stills,
        double seconds,
        double cpuSeconds) {
    ClipMotion {
        plain = List.copyOf(plain);
        others = List.copyOf(others);
        stills = List.copyOf(stills);
    }

    /** One without stills. */
    ClipMotion(
            LabelledClip clip,
            List<MotionCells> plain,
            List<List<MotionCells>> others,
            double seconds,
            double cpuSeconds) {
        this(clip, plain, others, List.of(), seconds, cpuSeconds);
    }
}
