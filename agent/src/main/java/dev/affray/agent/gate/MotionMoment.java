package dev.affray.agent.gate;

import org.jspecify.annotations.Nullable;

/** The patches that end with a step, and what those that move add up to: computed once, for every window that they are in. For one thread. */
final class MotionMoment {
    /** A patch counts from so much motion on, in pixels a tenth of a second. */
    static final float MOVES = 0.3f;

    private final Codebook codebook;
    private final MotionPatches patches;
    private final FisherSums moving;
    private @Nullable FisherSums all;

    MotionMoment(Codebook codebook, MotionPatches patches) {
        this.codebook = codebook;
        this.patches = patches;
        moving = above(Math.nextUp(MOVES));
    }

    MotionPatches patches() {
        return patches;
    }

    /** Those that move. */
    FisherSums moving() {
        return moving;
    }

    /** Those with at least so much motion. */
    FisherSums from(float energy) {
        if (energy > 0) {
            return above(energy);
        }
        FisherSums known = all == null ? above(0) : all;
        all = known;
        return known;
    }

    private FisherSums above(float energy) {
        FisherSums sums = new FisherSums();
        float[] room = new float[MotionPatches.size(0)];
        for (int patch = 0; patch < patches.count(); patch++) {
            if (patches.energies()[patch] >= energy) {
                sums.add(codebook, patches, patch, room);
            }
        }
        return sums;
    }
}
