package dev.affray.agent.training;

import java.util.Random;

/** Fits a mixture of Gaussians, each axis by itself: begun by k-means, refined by expectation and maximisation. */
final class Mixture {
    private static final int MEANS_ROUNDS = 15;
    private static final int ROUNDS = 50;
    private static final double LEAST_VARIANCE = 1e-4;

    private final double[][] rows;
    private final int count;
    private final int size;

    /** How much of each row belongs to each Gaussian. */
    private final double[][] parts;

    private final double[] shares;
    private final double[][] centres;
    private final double[][] variances;

    private Mixture(double[][] rows, int count) {
        this.rows = rows;
        this.count = count;
        size = rows[0].length;
        parts = new double[rows.length][count];
        shares = new double[count];
        centres = new double[count][size];
        variances = new double[count][size];
    }

    static Mixture fit(double[][] rows, int count, Random random) {
        Mixture mixture = new Mixture(rows, count);
        mixture.begin(random);
        for (int round = 0; round < MEANS_ROUNDS; round++) {
            mixture.assign();
            mixture.move();
        }
        for (int round = 0; round < ROUNDS; round++) {
            mixture.estimate();
            mixture.expect();
        }
        return mixture;
    }

    double[] shares() {
        return shares;
    }

    double[][] centres() {
        return centres;
    }

    double[][] variances() {
        return variances;
    }

    /** Each further centre is a row, more likely one that is far from those before. */
    private void begin(Random random) {
        double[] nearest = new double[rows.length];
        java.util.Arrays.fill(nearest, 1);
        for (int k = 0; k < count; k++) {
            centres[k] = rows[draw(nearest, random)].clone();
            for (int i = 0; i < rows.length; i++) {
                double distance = distance(rows[i], centres[k]);
                nearest[i] = k == 0 ? distance : Math.min(nearest[i], distance);
            }
        }
    }

    private static int draw(double[] chances, Random random) {
        double sum = 0;
        for (double chance : chances) {
            sum += chance;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < chances.length; i++) {
            left -= chances[i];
            if (left < 0) {
                return i;
            }
        }
        return random.nextInt(chances.length);
    }

    /** Each row wholly to the nearest centre. */
    private void assign() {
        for (int i = 0; i < rows.length; i++) {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int k = 0; k < count; k++) {
                parts[i][k] = 0;
                double distance = distance(rows[i], centres[k]);
                if (distance < least) {
                    least = distance;
                    best = k;
                }
            }
            parts[i][best] = 1;
        }
    }

    private void move() {
        double[] sums = new double[count];
        double[][] places = places(sums, false);
        for (int k = 0; k < count; k++) {
            for (int axis = 0; axis < size && sums[k] > 0; axis++) {
                centres[k][axis] = places[k][axis] / sums[k];
            }
        }
    }

    private void estimate() {
        double[] sums = new double[count];
        double[][] places = places(sums, false);
        double[][] squares = places(new double[count], true);
        for (int k = 0; k < count; k++) {
            double sum = sums[k] + 1e-9;
            shares[k] = sum / (rows.length + count * 1e-9);
            for (int axis = 0; axis < size; axis++) {
                double centre = places[k][axis] / sum;
                centres[k][axis] = centre;
                variances[k][axis] = Math.max(squares[k][axis] / sum - centre * centre, 0) + LEAST_VARIANCE;
            }
        }
    }

    private double[][] places(double[] sums, boolean squared) {
        double[][] places = new double[count][size];
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            for (int k = 0; k < count; k++) {
                double part = parts[i][k];
                if (part > 1e-12) {
                    sums[k] += part;
                    double[] place = places[k];
                    for (int axis = 0; axis < size; axis++) {
                        place[axis] += part * (squared ? row[axis] * row[axis] : row[axis]);
                    }
                }
            }
        }
        return places;
    }

    private void expect() {
        double[] constant = new double[count];
        double[][] linear = new double[size][count];
        double[][] square = new double[size][count];
        for (int k = 0; k < count; k++) {
            constant[k] = Math.log(shares[k]);
            for (int axis = 0; axis < size; axis++) {
                double centre = centres[k][axis];
                double variance = variances[k][axis];
                linear[axis][k] = centre / variance;
                square[axis][k] = -0.5 / variance;
                constant[k] -= 0.5 * (centre * centre / variance + Math.log(2 * Math.PI * variance));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            double[] part = parts[i];
            System.arraycopy(constant, 0, part, 0, count);
            for (int axis = 0; axis < size; axis++) {
                double x = rows[i][axis];
                double[] l = linear[axis];
                double[] s = square[axis];
                for (int k = 0; k < count; k++) {
                    part[k] += x * l[k] + x * x * s[k];
                }
            }
            normalise(part);
        }
    }

    private static void normalise(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            logs[k] = Math.exp(logs[k] - most);
            sum += logs[k];
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] /= sum;
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
