package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.PositiveDefinite;

/// From n (n + 1) / 2 free numbers onto positive definite matrices, A = L Lᵀ with the factor of [IntoLowerCholesky];
/// to the lower triangle of A,
///
///     ℓ = n log 2 + Σ (n + 1 − i) x_ii ,   i from 0 .
///
/// Of it, n log 2 + Σ (n − i) log L_ii belongs to the square (Muirhead 1982, Aspects of Multivariate Statistical
/// Theory, theorem 2.1.9). [#inverse] reads the lower triangle, gives NaN where A is not positive definite; gradients
/// to A are symmetric. O(n³).
///
/// Where the matrix is singular to rounding – of standard normal x from some 70 rows on – y is not in the codomain;
/// keep
/// to [IntoLowerCholesky] there.
///
/// @param n rows and columns, at least 1
public record IntoPositiveDefinite(int n) implements Transform {

    public IntoPositiveDefinite {
        Triangle.atLeast("a positive definite matrix", 1, n);
    }

    private IntoLowerCholesky factor() {
        return new IntoLowerCholesky(n);
    }

    @Override
    public Constraint domain() {
        return Each.real(Triangle.size(n));
    }

    @Override
    public Constraint codomain() {
        return new PositiveDefinite(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        Cholesky.multiply(factor().apply(x), y, n);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        double[] l = new double[n * n];
        Cholesky.factor(y, l, n);
        factor().inverse(l, x);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = n * Math.log(2);
        for (int i = 0; i < n; i++) {
            sum += (n + 1 - i) * x[Triangle.row(i) + i];
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double[] l = factor().apply(x);
        double[] gL = new double[n * n];
        Cholesky.multiplyPullback(l, gY, gL, n);
        factor().pullback(x, l, gL, 0, gX);
        for (int i = 0; i < n; i++) {
            gX[Triangle.row(i) + i] += (n + 1 - i) * gLogDet;
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
