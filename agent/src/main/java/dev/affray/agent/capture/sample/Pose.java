package dev.affray.agent.capture.sample;

/**
 * How a figure holds itself at one moment. Angles are in radians from straight down, positive towards the side it faces; a knee bends backwards, an
 * elbow forwards. Offsets are in body heights.
 *
 * @param lean of the trunk, from upright
 * @param drop how far the hips are below standing
 * @param shoulders angle of the near and the far upper arm
 * @param elbows bend of the near and the far elbow
 * @param hips angle of the near and the far thigh
 * @param knees bend of the near and the far knee
 */
record Pose(double lean, double drop, Pair shoulders, Pair elbows, Pair hips, Pair knees) {
    /** The same joint on both sides. */
    record Pair(double near, double far) {}

    /** Upright, arms hanging. */
    static Pose standing(double seconds, long person) {
        double sway = 0.03 * Noise.wander(person, seconds, 0.7);
        return new Pose(
                sway, 0, new Pair(0.1 + sway, -0.1 + sway), new Pair(0.15, 0.2), new Pair(0.08, -0.08), new Pair(0, 0));
    }

    /** A stride; the phase goes round once in two steps. */
    static Pose walking(double phase) {
        double swing = Math.sin(phase);
        double lift = Math.cos(phase);
        return new Pose(
                0.05,
                0.006 * Math.cos(2 * phase),
                new Pair(-0.42 * swing, 0.42 * swing),
                new Pair(0.3, 0.3),
                new Pair(0.45 * swing, -0.45 * swing),
                new Pair(0.1 + 0.55 * Math.max(0, lift), 0.1 + 0.55 * Math.max(0, -lift)));
    }

    /** Wrestling and striking: every joint is flung about on its own, several times a second. */
    static Pose fighting(double seconds, long person) {
        long channel = person * 100;
        double nearBlow = blow(channel + 1, seconds);
        double farBlow = blow(channel + 2, seconds + 0.21);
        return new Pose(
                0.12 + 0.42 * Noise.wander(channel + 3, seconds, 4) + 0.25 * nearBlow,
                0.05 + 0.05 * Noise.wander(channel + 4, seconds, 4),
                new Pair(
                        0.9 + 0.8 * nearBlow + 0.9 * Noise.wander(channel + 5, seconds, 5),
                        1.0 + 0.7 * farBlow + 0.9 * Noise.wander(channel + 6, seconds, 5)),
                new Pair(1.7 * (1 - nearBlow), 1.6 * (1 - farBlow)),
                new Pair(
                        0.35 + 0.5 * Noise.wander(channel + 7, seconds, 4),
                        -0.3 + 0.5 * Noise.wander(channel + 8, seconds, 4)),
                new Pair(
                        0.4 + 0.4 * Noise.wander(channel + 9, seconds, 4),
                        0.4 + 0.4 * Noise.wander(channel + 10, seconds, 4)));
    }

    /** Joint by joint between two poses; 0 is the one, 1 the other. */
    static Pose between(Pose one, Pose other, double share) {
        return new Pose(
                mix(one.lean, other.lean, share),
                mix(one.drop, other.drop, share),
                mix(one.shoulders, other.shoulders, share),
                mix(one.elbows, other.elbows, share),
                mix(one.hips, other.hips, share),
                mix(one.knees, other.knees, share));
    }

    /** 0 at rest, 1 with the arm out: a blow of a fifth of a second in two of three slots. */
    private static double blow(long channel, double seconds) {
        double at = seconds / 0.36;
        long slot = (long) Math.floor(at);
        if (Noise.unit(channel, slot) < 0.33) {
            return 0;
        }
        return Math.pow(Math.sin(Math.PI * (at - slot)), 2);
    }

    private static Pair mix(Pair one, Pair other, double share) {
        return new Pair(mix(one.near, other.near, share), mix(one.far, other.far, share));
    }

    private static double mix(double one, double other, double share) {
        return one + (other - one) * share;
    }
}
