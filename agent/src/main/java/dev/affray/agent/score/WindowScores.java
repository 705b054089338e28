package dev.affray.agent.score;

import dev.affray.agent.gate.MotionCells;
import dev.affray.agent.gate.MotionWindow;
import dev.affray.agent.gate.ScoreModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The margins of a film's windows. The film as a whole has the highest of its full windows, one in half a second, and of the last one; where it is too short
 * for a full one, that of all of it. For one thread.
 */
public final class WindowScores {
    private final ScoreModel model;
    private final MotionWindow window;
    private final List<Margin> margins = new ArrayList<>();
    private double highest = Double.NEGATIVE_INFINITY;

    /**
     * That of a window.
     *
     * @param seconds when it ends
     * @param value see {@link ScoreModel#margin}
     */
    public record Margin(double seconds, double value) {}

    public WindowScores(ScoreModel model) {
        this.model = model;
        window = new MotionWindow(model.codebook());
    }

    /** Takes the next step of the film. */
    public void add(MotionCells step) {
        window.add(step);
        Optional<float[]> features = window.features();
        if (features.isPresent()) {
            double margin = model.margin(features.get());
            margins.add(new Margin(step.seconds(), margin));
            highest = window.counts() ? Math.max(highest, margin) : highest;
        }
    }

    /** A margin for each step, as soon as there is enough before it. */
    public List<Margin> margins() {
        return List.copyOf(margins);
    }

    /** That of the film so far; empty where there is none. */
    public OptionalDouble highest() {
        return margins.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(highest, margins.getLast().value()));
    }
}
