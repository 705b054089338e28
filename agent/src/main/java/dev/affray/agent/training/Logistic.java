package dev.affray.agent.training;

/** Logistic regression with a quadratic penalty on all weights but the intercept: Newton's method, which needs no luck and no seed. */
final class Logistic {
    private static final int MOST_STEPS = 50;
    private static final double SMALL_STEP = 1e-8;

    private Logistic() {}

    /**
     * Fits weights.
     *
     * @param rows the numbers of each example, all of one length
     * @param hits the share of each example that is a hit, 0 to 1
     * @param counts how much each example counts
     * @param cost of errors against that of weights; the less, the smaller the weights
     * @return the intercept, then a weight for each number
     */
    static double[] fit(double[][] rows, double[] hits, double[] counts, double cost) {
        int size = rows[0].length + 1;
        double[] weights = new double[size];
        double change = Double.MAX_VALUE;
        for (int step = 0; step < MOST_STEPS && change > SMALL_STEP; step++) {
            double[] gradient = new double[size];
            double[][] curvature = new double[size][size];
            for (int i = 1; i < size; i++) {
                gradient[i] = weights[i] / cost;
                curvature[i][i] = 1 / cost;
            }
            // So that the matrix can be solved where all examples are alike.
            curvature[0][0] = 1e-9;
            for (int r = 0; r < rows.length; r++) {
                enter(rows[r], hits[r], counts[r], weights, gradient, curvature);
            }
            double[] way = Cholesky.solve(curvature, gradient);
            change = 0;
            for (int i = 0; i < size; i++) {
                weights[i] -= way[i];
                change = Math.max(change, Math.abs(way[i]));
            }
        }
        return weights;
    }

    /** Intercept and weighted sum. */
    static double margin(double[] weights, double[] row) {
        double margin = weights[0];
        for (int i = 0; i < row.length; i++) {
            margin += weights[i + 1] * row[i];
        }
        return margin;
    }

    private static void enter(
            double[] row, double hit, double count, double[] weights, double[] gradient, double[][] curvature) {
        double p = 1 / (1 + Math.exp(-margin(weights, row)));
        double error = count * (p - hit);
        double bend = count * Math.max(1e-9, p * (1 - p));
        gradient[0] += error;
        curvature[0][0] += bend;
        for (int i = 0; i < row.length; i++) {
            gradient[i + 1] += error * row[i];
            double bent = bend * row[i];
            double[] line = curvature[i + 1];
            line[0] += bent;
            for (int k = 0; k <= i; k++) {
                line[k + 1] += bent * row[k];
            }
        }
    }
}
