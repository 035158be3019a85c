package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.ZeroSum;

/// From n − 1 free numbers onto vectors of n numbers with the sum 0: an isometry, the Householder reflection that takes
/// (0, …, 0, 1) to (1, …, 1)/√n, of x with a 0 appended:
///
///     y_k = x_k − S / (n − √n),   y_{n−1} = S / √n,   S = Σ x .
///
/// Independent normal x give y of equal variances and correlations. To the surface, ℓ = 0. O(n).
///
/// @param n numbers of y, at least 2
public record IntoZeroSum(int n) implements Transform {

    public IntoZeroSum {
        Triangle.atLeast("a zero-sum vector", 2, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n - 1);
    }

    @Override
    public Constraint codomain() {
        return new ZeroSum(n);
    }

    private static double sum(double[] x, int end) {
        double sum = 0;
        for (int k = 0; k < end; k++) {
            sum += x[k];
        }
        return sum;
    }

    @Override
    public void forward(double[] x, double[] y) {
        double sum = sum(x, n - 1);
        for (int k = 0; k < n - 1; k++) {
            y[k] = x[k] - sum / (n - Math.sqrt(n));
        }
        y[n - 1] = sum / Math.sqrt(n);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        double shift = y[n - 1] / (Math.sqrt(n) - 1);
        for (int k = 0; k < n - 1; k++) {
            x[k] = y[k] + shift;
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return 0;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double shift = gY[n - 1] / Math.sqrt(n) - sum(gY, n - 1) / (n - Math.sqrt(n));
        for (int k = 0; k < n - 1; k++) {
            gX[k] = gY[k] + shift;
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        System.arraycopy(gX, 0, gY, 0, n - 1);
        gY[n - 1] = sum(gX, n - 1) / (Math.sqrt(n) - 1);
    }
}
