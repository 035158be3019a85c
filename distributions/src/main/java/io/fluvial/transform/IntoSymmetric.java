package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Symmetric;

/// From n (n + 1) / 2 free numbers, the lower triangle row by row, onto symmetric matrices; ℓ = 0 to that triangle.
///
/// [#inverse] reads the triangle only; gradients to a symmetric matrix are symmetric.
///
/// @param n rows and columns, at least 1
public record IntoSymmetric(int n) implements Transform {

    public IntoSymmetric {
        Triangle.atLeast("a symmetric matrix", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(Triangle.size(n));
    }

    @Override
    public Constraint codomain() {
        return new Symmetric(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                y[i * n + j] = x[Triangle.row(i) + j];
                y[j * n + i] = x[Triangle.row(i) + j];
            }
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        Triangle.pack(y, x, n);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return 0;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                gX[Triangle.row(i) + j] = gY[i * n + j] + gY[j * n + i];
            }
            gX[Triangle.row(i) + i] = gY[i * n + i];
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double half = 0.5 * gX[Triangle.row(i) + j];
                gY[i * n + j] = half;
                gY[j * n + i] = half;
            }
            gY[i * n + i] = gX[Triangle.row(i) + i];
        }
    }
}
