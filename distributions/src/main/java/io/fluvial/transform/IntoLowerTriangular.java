package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.LowerTriangular;

/// From n (n + 1) / 2 free numbers onto lower triangular matrices, row by row: (0,0), (1,0), (1,1), (2,0), …; ℓ = 0.
///
/// [#inverse] reads the triangle only.
///
/// @param n rows and columns, at least 1
public record IntoLowerTriangular(int n) implements Transform {

    public IntoLowerTriangular {
        Triangle.atLeast("a triangular matrix", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(Triangle.size(n));
    }

    @Override
    public Constraint codomain() {
        return new LowerTriangular(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        Triangle.unpack(x, y, n);
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
        Triangle.pack(gY, gX, n);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        Triangle.unpack(gX, gY, n);
    }
}
