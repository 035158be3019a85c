package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.CorrelationMatrix;
import io.fluvial.constraint.Each;

/// From n (n − 1) / 2 free numbers onto correlation matrices, C = L Lᵀ with the factor of [IntoCorrelationCholesky]; to
/// the numbers below the diagonal of C,
///
///     ℓ = −Σ_{j<i} (n − j) log cosh x_ij ,
///
/// as Σ (n − 1 − j) log L_jj is added to that of the factor: row i of C below the diagonal is the factor's row times
/// the transpose of its leading block. [#inverse] reads the lower triangle; gradients to C are symmetric. O(n³).
///
/// Only where the matrix is not singular to rounding – of standard normal x up to about 25 rows; beyond, keep to
/// [IntoCorrelationCholesky]. The inverse is NaN where y is not positive definite.
///
/// @param n rows and columns, at least 2
public record IntoCorrelationMatrix(int n) implements Transform {

    public IntoCorrelationMatrix {
        Triangle.atLeast("a free correlation matrix", 2, n);
    }

    private IntoCorrelationCholesky factor() {
        return new IntoCorrelationCholesky(n);
    }

    @Override
    public Constraint domain() {
        return Each.real(Triangle.strictSize(n));
    }

    @Override
    public Constraint codomain() {
        return new CorrelationMatrix(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        Cholesky.multiply(factor().apply(x), y, n);
        for (int i = 0; i < n; i++) {
            y[i * n + i] = 1; // a NaN shows beside it
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        double[] l = new double[n * n];
        Cholesky.factor(y, l, n);
        factor().inverse(l, x);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = 0;
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                sum += (n - j) * Sech.log(x[Triangle.strictRow(i) + j]);
            }
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double[] off = gY.clone();
        for (int i = 0; i < n; i++) {
            off[i * n + i] = 0; // the diagonal is constant
        }
        double[] l = factor().apply(x);
        double[] gL = new double[n * n];
        Cholesky.multiplyPullback(l, off, gL, n);
        factor().pullback(x, l, gL, 0, gX);
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                int at = Triangle.strictRow(i) + j;
                gX[at] -= gLogDet * (n - j) * Math.tanh(x[at]);
            }
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double[] l = factor().apply(x);
        double[] gL = new double[n * n];
        factor().inversePullback(x, l, gX, gL);
        Cholesky.factorPullback(l, gL, gY, n);
    }
}
