package dev.affray.agent.training;

import java.util.Random;

/**
 * A linear support vector machine: the least {@code |w|^2 / 2 + sum of counts * hinge loss}, by dual coordinate descent on rows less their mean, with a constant
 * 1 as a further number for the intercept.
 */
final class Hinge {
    private static final int EPOCHS = 40;

    private final float[] weights;
    private final double intercept;

    private Hinge(float[] weights, double intercept) {
        this.weights = weights;
        this.intercept = intercept;
    }

    /** One for each number; not to be written to. */
    float[] weights() {
        return weights;
    }

    double intercept() {
        return intercept;
    }

    /**
     * Fits weights.
     *
     * @param rows the numbers of each example, all of one length
     * @param hits which examples are hits
     * @param counts how much each example counts: the more, the larger the weights
     */
    static Hinge fit(float[][] rows, boolean[] hits, double[] counts, long seed) {
        int size = rows[0].length;
        float[] mean = new float[size];
        for (float[] row : rows) {
            add(row, 1f / rows.length, mean);
        }
        float[][] centred = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            centred[i] = rows[i].clone();
            add(mean, -1, centred[i]);
        }
        double[] alphas = alphas(products(centred, hits), counts, seed);
        float[] weights = new float[size];
        double intercept = 0;
        for (int i = 0; i < rows.length; i++) {
            double signed = hits[i] ? alphas[i] : -alphas[i];
            add(centred[i], (float) signed, weights);
            intercept += signed;
        }
        return new Hinge(weights, intercept - product(mean, weights));
    }

    /** Of each two examples, the intercept's number included; negative where only one is a hit. */
    private static float[][] products(float[][] rows, boolean[] hits) {
        float[][] products = new float[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k <= i; k++) {
                float product = product(rows[i], rows[k]) + 1;
                products[i][k] = hits[i] == hits[k] ? product : -product;
                products[k][i] = products[i][k];
            }
        }
        return products;
    }

    private static double[] alphas(float[][] products, double[] counts, long seed) {
        Random random = new Random(seed);
        double[] alphas = new double[counts.length];
        double[] sums = new double[counts.length];
        int[] order = new int[counts.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Shuffle.shuffle(order, random);
            for (int i : order) {
                double wanted = Math.clamp(alphas[i] - (sums[i] - 1) / products[i][i], 0, counts[i]);
                double change = wanted - alphas[i];
                if (change != 0) {
                    for (int k = 0; k < sums.length; k++) {
                        sums[k] += change * products[i][k];
                    }
                    alphas[i] = wanted;
                }
            }
        }
        return alphas;
    }

    private static void add(float[] row, float times, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += times * row[i];
        }
    }

    /** In eight sums side by side, which a processor computes at once. */
    private static float product(float[] a, float[] b) {
        float[] sums = new float[8];
        int i = 0;
        for (; i + 8 <= a.length; i += 8) {
            for (int k = 0; k < 8; k++) {
                sums[k] += a[i + k] * b[i + k];
            }
        }
        float sum = 0;
        for (; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        for (float part : sums) {
            sum += part;
        }
        return sum;
    }
}
