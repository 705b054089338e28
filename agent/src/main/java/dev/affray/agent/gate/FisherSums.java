package dev.affray.agent.gate;

/** What patches add up to, by the Gaussians of a codebook. The sums of a window are those of its steps. */
final class FisherSums {
    private static final int ENTRIES = Codebook.GAUSSIANS * Codebook.AXES;

    /** What each channel counts: the edges of motion tell more than motion itself. */
    private static final float[] COUNTS = {0.25f, 1, 1};

    private static final float ALL_COUNTS = 2.25f;

    private final float[][] parts = new float[MotionPatches.CHANNELS][Codebook.GAUSSIANS];
    private final float[][] places = new float[MotionPatches.CHANNELS][ENTRIES];
    private final float[][] squares = new float[MotionPatches.CHANNELS][ENTRIES];
    private int patches;

    /** How many patches there are in it. */
    int patches() {
        return patches;
    }

    void add(Codebook codebook, MotionPatches from, int patch, float[] room) {
        for (int channel = 0; channel < MotionPatches.CHANNELS; channel++) {
            from.describe(patch, channel, room);
            codebook.gaussians(channel).enter(room, parts[channel], places[channel], squares[channel]);
        }
        patches++;
    }

    void add(FisherSums others) {
        for (int channel = 0; channel < MotionPatches.CHANNELS; channel++) {
            add(others.parts[channel], parts[channel]);
            add(others.places[channel], places[channel]);
            add(others.squares[channel], squares[channel]);
        }
        patches += others.patches;
    }

    /**
     * The Fisher vector, in which direction the patches would draw each Gaussian: for each channel the pull on the centres, then that on the variances; as
     * signed square roots, each channel of the length that it counts for, and all of length 1.
     */
    float[] vector(Codebook codebook) {
        float[] vector = new float[Codebook.LENGTH];
        if (patches > 0) {
            for (int channel = 0; channel < MotionPatches.CHANNELS; channel++) {
                enter(codebook.channels().get(channel), channel, vector);
            }
        }
        return vector;
    }

    private void enter(Codebook.Channel gaussians, int channel, float[] vector) {
        int from = channel * 2 * ENTRIES;
        double length = 0;
        for (int i = 0; i < ENTRIES; i++) {
            double share = gaussians.shares()[i / Codebook.AXES];
            double centre = gaussians.centres()[i];
            double variance = gaussians.variances()[i];
            double part = parts[channel][i / Codebook.AXES];
            double place = places[channel][i];
            double square = squares[channel][i];
            double onCentre = (place - part * centre) / Math.sqrt(variance) / Math.sqrt(share) / patches;
            double onVariance = (square - 2 * centre * place + part * (centre * centre - variance))
                    / variance
                    / Math.sqrt(2 * share)
                    / patches;
            vector[from + i] = (float) (Math.signum(onCentre) * Math.sqrt(Math.abs(onCentre)));
            vector[from + ENTRIES + i] = (float) (Math.signum(onVariance) * Math.sqrt(Math.abs(onVariance)));
            length += Math.abs(onCentre) + Math.abs(onVariance);
        }
        float scale = (float) (1 / (Math.sqrt(length) + 1e-9) * Math.sqrt(COUNTS[channel] / ALL_COUNTS));
        for (int i = from; i < from + 2 * ENTRIES; i++) {
            vector[i] *= scale;
        }
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
