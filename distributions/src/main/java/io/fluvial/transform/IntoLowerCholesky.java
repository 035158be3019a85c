package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.LowerCholesky;

/// From n (n + 1) / 2 free numbers onto Cholesky factors: the lower triangle row by row, exponentials on the diagonal;
/// to that triangle, ℓ = Σ x_ii.
///
/// A diagonal that would round to 0 or to infinity becomes the number next to it.
///
/// @param n rows and columns, at least 1
public record IntoLowerCholesky(int n) implements Transform {

    public IntoLowerCholesky {
        Triangle.atLeast("a Cholesky factor", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(Triangle.size(n));
    }

    @Override
    public Constraint codomain() {
        return new LowerCholesky(n);
    }

    private static int diagonal(int i) {
        return Triangle.row(i) + i;
    }

    @Override
    public void forward(double[] x, double[] y) {
        Triangle.unpack(x, y, n);
        for (int i = 0; i < n; i++) {
            y[i * n + i] = Math.clamp(Math.exp(y[i * n + i]), Double.MIN_VALUE, Double.MAX_VALUE);
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        Triangle.pack(y, x, n);
        for (int i = 0; i < n; i++) {
            x[diagonal(i)] = Math.log(x[diagonal(i)]);
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[diagonal(i)];
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        Triangle.pack(gY, gX, n);
        for (int i = 0; i < n; i++) {
            gX[diagonal(i)] = gX[diagonal(i)] * y[i * n + i] + gLogDet;
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        Triangle.unpack(gX, gY, n);
        for (int i = 0; i < n; i++) {
            gY[i * n + i] /= y[i * n + i];
        }
    }
}
