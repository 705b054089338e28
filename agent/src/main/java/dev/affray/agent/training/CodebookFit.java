package dev.affray.agent.training;

import dev.affray.agent.gate.Codebook;
import dev.affray.agent.gate.Codebook.Channel;
import dev.affray.agent.gate.FisherVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fits a codebook to patches of clips as they are, some of each. Labels play no part in it. */
final class CodebookFit {
    private static final int OF_A_CLIP = 200;
    private static final int CHANNELS = 3;

    private CodebookFit() {}

    static Codebook of(List<ClipMotion> clips, long seed) {
        Random random = new Random(seed);
        List<float[][]> patches = new ArrayList<>();
        for (ClipMotion clip : clips) {
            List<float[][]> all = FisherVector.counting(clip.plain());
            for (int i : Shuffle.some(all.size(), OF_A_CLIP, random)) {
                patches.add(all.get(i));
            }
        }
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            int channel = i;
            channels.add(channel(patches.stream().map(p -> p[channel]).toList(), random));
        }
        return new Codebook(channels);
    }

    private static Channel channel(List<float[]> patches, Random random) {
        int size = patches.getFirst().length;
        double[] mean = new double[size];
        for (float[] patch : patches) {
            for (int i = 0; i < size; i++) {
                mean[i] += patch[i] / (double) patches.size();
            }
        }
        double[][] rows = new double[patches.size()][size];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < size; i++) {
                rows[r][i] = patches.get(r)[i] - mean[i];
            }
        }
        double[][] axes = PrincipalAxes.of(rows, Codebook.AXES);
        double[][] places = new double[rows.length][Codebook.AXES];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < size; i++) {
                for (int axis = 0; axis < Codebook.AXES; axis++) {
                    places[r][axis] += rows[r][i] * axes[i][axis];
                }
            }
        }
        Mixture mixture = Mixture.fit(places, Codebook.GAUSSIANS, random);
        return new Channel(
                floats(mean), flat(axes), floats(mixture.shares()), flat(mixture.centres()), flat(mixture.variances()));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static float[] flat(double[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(floats(rows[r]), 0, flat, r * rows[0].length, rows[0].length);
        }
        return flat;
    }
}
