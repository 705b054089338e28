package dev.affray.agent.gate;

/** The power transform of Yeo and Johnson, which takes the skew out of numbers of either sign. */
public final class YeoJohnson {
    private static final double EPSILON = 1e-9;

    private YeoJohnson() {}

    /** @param power 1 leaves the value as it is; less draws in high values, more draws in low ones */
    public static double bend(double value, double power) {
        if (value >= 0) {
            return Math.abs(power) < EPSILON ? Math.log1p(value) : (Math.pow(value + 1, power) - 1) / power;
        }
        double other = 2 - power;
        return Math.abs(other) < EPSILON ? -Math.log1p(-value) : -(Math.pow(1 - value, other) - 1) / other;
    }
}
