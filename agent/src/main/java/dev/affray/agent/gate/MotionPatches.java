package dev.affray.agent.gate;

import java.util.List;

/**
 * The patches that end with a step: every block of 2 x 2 cells over {@value #STEPS} steps, about 0.6 s, which three slots of two divide. A patch is described
 * in three channels, the motion and its edges across and down, by how each slot and cell spreads over directions; how strong it is in all shows only in how
 * much of it stands still.
 */
final class MotionPatches {
    /** Steps of a patch. */
    static final int STEPS = 6;

    /** Channels. */
    static final int CHANNELS = 3;

    private static final int SLOTS = 3;
    private static final int SLOT_STEPS = STEPS / SLOTS;
    private static final int SIDE = 2;
    private static final int BLOCKS = SLOTS * SIDE * SIDE;

    /** Less motion than this, a step, counts as standing still. */
    private static final float STILL = 0.25f;

    private static final float LITTLE = 1e-3f;

    private final int columns;
    private final int across;
    private final int down;
    private final float[][] slots = new float[SLOTS][];
    private final float[] energies;

    /** @param steps so many that follow each other */
    MotionPatches(List<MotionCells> steps) {
        MotionCells first = steps.getFirst();
        columns = first.columns();
        across = Math.max(0, first.columns() - SIDE + 1);
        down = Math.max(0, first.rows() - SIDE + 1);
        for (int slot = 0; slot < SLOTS; slot++) {
            float[] sums = new float[first.values().length];
            for (MotionCells step : steps.subList(slot * SLOT_STEPS, (slot + 1) * SLOT_STEPS)) {
                float[] values = step.values();
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += values[i];
                }
            }
            slots[slot] = sums;
        }
        energies = new float[across * down];
        for (int patch = 0; patch < energies.length; patch++) {
            energies[patch] = energy(patch);
        }
    }

    /** Numbers of a patch in a channel. */
    static int size(int channel) {
        return BLOCKS * (MotionCells.DIRECTIONS + (channel == 0 ? 1 : 0));
    }

    int count() {
        return energies.length;
    }

    /** The mean motion of each patch, in pixels a tenth of a second; not to be written to. */
    float[] energies() {
        return energies;
    }

    /** Describes a patch in a channel. */
    void describe(int patch, int channel, float[] numbers) {
        int at = 0;
        float sum = 0;
        for (int block = 0; block < BLOCKS; block++) {
            float[] slot = slots[block / (SIDE * SIDE)];
            int from = cell(patch, block) * MotionCells.NUMBERS + channel * MotionCells.DIRECTIONS;
            float strength = 0;
            for (int i = 0; i < MotionCells.DIRECTIONS; i++) {
                float value = slot[from + i];
                numbers[at++] = value;
                strength += value;
            }
            sum += strength;
            if (channel == 0) {
                float still = Math.max(0, STILL * SLOT_STEPS - strength);
                numbers[at++] = still;
                sum += still;
            }
        }
        float scale = 1 / (sum + LITTLE);
        for (int i = 0; i < at; i++) {
            numbers[i] = (float) Math.sqrt(numbers[i] * scale);
        }
    }

    private float energy(int patch) {
        float sum = 0;
        for (int block = 0; block < BLOCKS; block++) {
            float[] slot = slots[block / (SIDE * SIDE)];
            int from = cell(patch, block) * MotionCells.NUMBERS;
            for (int i = 0; i < MotionCells.DIRECTIONS; i++) {
                sum += slot[from + i];
            }
        }
        return sum / (SIDE * SIDE * STEPS);
    }

    private int cell(int patch, int block) {
        int row = patch / across + block % (SIDE * SIDE) / SIDE;
        return row * columns + patch % across + block % SIDE;
    }
}
