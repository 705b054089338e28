package dev.affray.agent.gate;

import java.util.List;

/**
 * What patches of motion usually look like: for each channel of {@link MotionPatches} the principal axes and a mixture of Gaussians along them. Immutable,
 * thread-safe.
 */
public final class Codebook {
    /** Axes of a channel. */
    public static final int AXES = 24;

    /** Gaussians of a channel. */
    public static final int GAUSSIANS = 16;

    /** Numbers of a vector of {@link FisherVector}. */
    public static final int LENGTH = MotionPatches.CHANNELS * 2 * GAUSSIANS * AXES;

    private final List<Channel> channels;
    private final Gaussians[] gaussians;

    /**
     * One channel; the arrays are not to be written to.
     *
     * @param mean of the patches' numbers
     * @param axes for each of those numbers its part in each axis
     * @param shares of the Gaussians, 1 in all
     * @param centres of the Gaussians, one after the other
     * @param variances along the axes, likewise
     */
    @SuppressWarnings("ArrayRecordComponent") // only read, and never compared
    public record Channel(float[] mean, float[] axes, float[] shares, float[] centres, float[] variances) {}

    /** @param channels three, in the order of {@link MotionPatches} */
    public Codebook(List<Channel> channels) {
        this.channels = List.copyOf(channels);
        gaussians = channels.stream().map(Gaussians::new).toArray(Gaussians[]::new);
    }

    /** The channels. */
    public List<Channel> channels() {
        return channels;
    }

    /** How many numbers describe a patch in a channel. */
    public static int numbers(int channel) {
        return MotionPatches.size(channel);
    }

    Gaussians gaussians(int channel) {
        return gaussians[channel];
    }
}
