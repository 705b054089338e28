package dev.affray.agent.gate;

import dev.affray.agent.gate.Codebook.Channel;

/** Says along the axes of a channel which of its Gaussians a patch belongs to, and how much. Immutable, thread-safe. */
final class Gaussians {
    private static final int AXES = Codebook.AXES;
    private static final int COUNT = Codebook.GAUSSIANS;

    /** So little is nothing. */
    private static final float NOTHING = 1e-6f;

    private final Channel channel;

    /** The mean along the axes. */
    private final float[] middle = new float[AXES];

    /** Logarithms of densities are {@code constant + linear * x + square * x * x}; the Gaussians lie next to each other. */
    private final float[] constant = new float[COUNT];

    private final float[] linear = new float[AXES * COUNT];
    private final float[] square = new float[AXES * COUNT];

    Gaussians(Channel channel) {
        this.channel = channel;
        for (int i = 0; i < channel.mean().length; i++) {
            for (int axis = 0; axis < AXES; axis++) {
                middle[axis] += channel.mean()[i] * channel.axes()[i * AXES + axis];
            }
        }
        for (int k = 0; k < COUNT; k++) {
            double sum = Math.log(channel.shares()[k]);
            for (int axis = 0; axis < AXES; axis++) {
                double centre = channel.centres()[k * AXES + axis];
                double variance = channel.variances()[k * AXES + axis];
                linear[axis * COUNT + k] = (float) (centre / variance);
                square[axis * COUNT + k] = (float) (-0.5 / variance);
                sum -= 0.5 * (centre * centre / variance + Math.log(2 * Math.PI * variance));
            }
            constant[k] = (float) sum;
        }
    }

    /** Enters a patch: for each Gaussian its part in it, and that times place and squared place along the axes. */
    void enter(float[] numbers, float[] parts, float[] places, float[] squares) {
        float[] place = project(numbers);
        float[] part = constant.clone();
        for (int axis = 0; axis < AXES; axis++) {
            float x = place[axis];
            float xx = x * x;
            int at = axis * COUNT;
            for (int k = 0; k < COUNT; k++) {
                part[k] += x * linear[at + k] + xx * square[at + k];
            }
        }
        normalise(part);
        for (int k = 0; k < COUNT; k++) {
            float g = part[k];
            parts[k] += g;
            if (g > NOTHING) {
                int at = k * AXES;
                for (int axis = 0; axis < AXES; axis++) {
                    float gx = g * place[axis];
                    places[at + axis] += gx;
                    squares[at + axis] += gx * place[axis];
                }
            }
        }
    }

    private float[] project(float[] numbers) {
        float[] place = new float[AXES];
        float[] axes = channel.axes();
        for (int i = 0; i < channel.mean().length; i++) {
            float x = numbers[i];
            if (x != 0) {
                int at = i * AXES;
                for (int axis = 0; axis < AXES; axis++) {
                    place[axis] += x * axes[at + axis];
                }
            }
        }
        for (int axis = 0; axis < AXES; axis++) {
            place[axis] -= middle[axis];
        }
        return place;
    }

    private static void normalise(float[] logs) {
        float most = Float.NEGATIVE_INFINITY;
        for (float value : logs) {
            most = Math.max(most, value);
        }
        float sum = 0;
        for (int k = 0; k < logs.length; k++) {
            logs[k] = (float) Math.exp(logs[k] - most);
            sum += logs[k];
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] /= sum;
        }
    }
}
