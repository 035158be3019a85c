package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.PositiveOrdered;

/// From n free numbers onto increasing positive vectors: y_k = y_{k−1} + exp x_k with y_{−1} = 0; ℓ = Σ x.
///
/// Where a step is lost in the rounding of y_{k−1}, the next double is taken. Source: Stan Reference Manual,
/// "Positive ordered vector". O(n).
///
/// @param n numbers in a vector, at least 1
public record IntoPositiveOrdered(int n) implements Transform {

    public IntoPositiveOrdered {
        Triangle.atLeast("an ordered vector", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n);
    }

    @Override
    public Constraint codomain() {
        return new PositiveOrdered(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        Steps.forward(x, y, 0, 0);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        Steps.inverse(y, x, 0, 0);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return Steps.logDet(x, 0);
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        Steps.pullback(x, gY, gLogDet, gX, 0);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        Steps.inversePullback(x, gX, gY, 0);
    }
}
