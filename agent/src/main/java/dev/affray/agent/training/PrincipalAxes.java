package dev.affray.agent.training;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The directions in which numbers vary most: the eigenvectors of their covariance, by Jacobi's rotations. */
final class PrincipalAxes {
    private static final int SWEEPS = 60;
    private static final double NOTHING = 1e-22;

    private PrincipalAxes() {}

    /**
     * The axes.
     *
     * @param rows less their mean
     * @return for each number its part in each axis, the strongest axis first
     */
    static double[][] of(double[][] rows, int count) {
        int size = rows[0].length;
        double[][] matrix = covariance(rows);
        double[][] vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && unsettled(matrix); sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(matrix, vectors, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -matrix[i][i]))
                .mapToInt(i -> i)
                .toArray();
        double[][] axes = new double[size][count];
        for (int i = 0; i < size; i++) {
            for (int axis = 0; axis < count; axis++) {
                axes[i][axis] = vectors[i][order[axis]];
            }
        }
        return axes;
    }

    private static double[][] covariance(double[][] rows) {
        int size = rows[0].length;
        double[][] matrix = new double[size][size];
        for (double[] row : rows) {
            for (int i = 0; i < size; i++) {
                double x = row[i] / Math.max(1, rows.length - 1);
                double[] line = matrix[i];
                for (int k = 0; k < size; k++) {
                    line[k] += x * row[k];
                }
            }
        }
        return matrix;
    }

    private static boolean unsettled(double[][] matrix) {
        double off = 0;
        double on = 0;
        for (int i = 0; i < matrix.length; i++) {
            on += matrix[i][i] * matrix[i][i];
            for (int k = 0; k < i; k++) {
                off += matrix[i][k] * matrix[i][k];
            }
        }
        return off > NOTHING * on;
    }

    /** Turns two axes so that nothing of what they share is left. */
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double shared = matrix[p][q];
        if (shared == 0) {
            return;
        }
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * shared);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < matrix.length; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = c * kp - s * kq;
            matrix[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < matrix.length; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = c * pk - s * qk;
            matrix[q][k] = s * pk + c * qk;
            double kp = vectors[k][p];
            double kq = vectors[k][q];
            vectors[k][p] = c * kp - s * kq;
            vectors[k][q] = s * kp + c * kq;
        }
    }
}
