package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What comes between a camera and what it watches, drawn over its pictures. No fight begins or ends by it. */
enum Disturbance {
    /** Nothing does. */
    NONE,
    /** Streaks of rain. */
    RAIN,
    /** Leaves that sway, or a part of the picture that does. */
    TREES,
    /** Shadows and patches of light that wander, and light that changes. */
    LIGHT,
    /** The camera shakes. */
    SHAKE,
    /** Little light, and what a camera makes of it. */
    DARK;

    /** All that disturb. */
    static final List<Disturbance> ALL = List.of(RAIN, TREES, LIGHT, SHAKE, DARK);

    /**
     * What becomes of pictures that follow each other, about {@link #STEP} s apart.
     *
     * @param seed by which it is drawn how strong it is, and all else
     */
    UnaryOperator<GreyPicture> over(long seed) {
        Random random = new Random(seed);
        return switch (this) {
            case NONE -> picture -> picture;
            case RAIN -> new Rain(random)::over;
            case TREES -> new Trees(random)::over;
            case LIGHT -> new WanderingLight(random)::over;
            case SHAKE -> new Shake(random)::over;
            case DARK -> new Darkness(random)::over;
        };
    }

    /** Seconds from one picture to the next. */
    static final double STEP = 0.1;
}
