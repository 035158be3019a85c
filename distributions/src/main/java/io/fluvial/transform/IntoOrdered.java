package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Ordered;

/// From n free numbers onto increasing vectors: y_0 = x_0, y_k = y_{k−1} + exp x_k; ℓ = x_1 + … + x_{n−1}.
///
/// Where a step is lost in the rounding of y_{k−1}, the next double is taken. Source: Stan Reference Manual,
/// "Ordered vector". O(n).
///
/// @param n numbers in a vector, at least 1
public record IntoOrdered(int n) implements Transform {

    public IntoOrdered {
        Triangle.atLeast("an ordered vector", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n);
    }

    @Override
    public Constraint codomain() {
        return new Ordered(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        y[0] = Math.min(x[0], Steps.top(n, 0));
        Steps.forward(x, y, 1, y[0]);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        x[0] = y[0];
        Steps.inverse(y, x, 1, y[0]);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return Steps.logDet(x, 1);
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        gX[0] = gY[0] + Steps.pullback(x, gY, gLogDet, gX, 1);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        gY[0] = gX[0] - Steps.inversePullback(x, gX, gY, 1);
    }
}
