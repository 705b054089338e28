package dev.affray.agent.training;

import dev.affray.agent.gate.YeoJohnson;

/** Finds the power of {@link YeoJohnson} that makes numbers most like a normal distribution: maximum likelihood, by golden sections. */
final class PowerFit {
    private static final double LOWEST = -3;
    private static final double HIGHEST = 5;
    private static final double PRECISION = 0.01;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private PowerFit() {}

    static double of(double[] values) {
        double slope = 0;
        for (double value : values) {
            slope += Math.signum(value) * Math.log1p(Math.abs(value));
        }
        double low = LOWEST;
        double high = HIGHEST;
        double lower = high - GOLDEN * (high - low);
        double upper = low + GOLDEN * (high - low);
        double atLower = likelihood(values, lower, slope);
        double atUpper = likelihood(values, upper, slope);
        while (high - low > PRECISION) {
            if (atLower >= atUpper) {
                high = upper;
                upper = lower;
                atUpper = atLower;
                lower = high - GOLDEN * (high - low);
                atLower = likelihood(values, lower, slope);
            } else {
                low = lower;
                lower = upper;
                atLower = atUpper;
                upper = low + GOLDEN * (high - low);
                atUpper = likelihood(values, upper, slope);
            }
        }
        return (low + high) / 2;
    }

    private static double likelihood(double[] values, double power, double slope) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            double bent = YeoJohnson.bend(value, power);
            sum += bent;
            squares += bent * bent;
        }
        double variance = squares / values.length - sum * sum / values.length / values.length;
        if (!(variance > 1e-18)) {
            return Double.NEGATIVE_INFINITY;
        }
        return -values.length / 2.0 * Math.log(variance) + (power - 1) * slope;
    }
}
