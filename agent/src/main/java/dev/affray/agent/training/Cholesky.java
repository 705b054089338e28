package dev.affray.agent.training;

/** Solves equations with a symmetric positive definite matrix. */
final class Cholesky {
    private Cholesky() {}

    /**
     * The vector that the matrix turns into the given one.
     *
     * @param matrix its lower half counts, and is overwritten
     */
    static double[] solve(double[][] matrix, double[] vector) {
        int size = vector.length;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = matrix[i][k];
                for (int j = 0; j < k; j++) {
                    sum -= matrix[i][j] * matrix[k][j];
                }
                if (i > k) {
                    matrix[i][k] = sum / matrix[k][k];
                } else if (sum > 0) {
                    matrix[i][i] = Math.sqrt(sum);
                } else {
                    throw new ArithmeticException("the matrix is not positive definite");
                }
            }
        }
        double[] solution = vector.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= matrix[i][k] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                solution[i] -= matrix[k][i] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        return solution;
    }
}
