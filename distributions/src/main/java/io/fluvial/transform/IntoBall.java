package io.fluvial.transform;

import io.fluvial.constraint.Ball;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;

/// From n free numbers onto the open unit ball: y = x / √(1 + r²), r² = Σ x²; ℓ = −(n + 2)/2 · log (1 + r²). O(n).
///
/// Far out y rounds to length 1.
///
/// @param n numbers in a vector, at least 1
public record IntoBall(int n) implements Transform {

    /// As [Ball] allows.
    private static final double BEYOND = 1 + 1e-9;

    public IntoBall {
        Triangle.atLeast("a ball", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n);
    }

    @Override
    public Constraint codomain() {
        return new Ball(n);
    }

    /// √(1 + r²).
    private double root(double[] x) {
        return Math.hypot(1, Radius.of(x, n));
    }

    @Override
    public void forward(double[] x, double[] y) {
        double root = root(x);
        for (int k = 0; k < n; k++) {
            y[k] = x[k] / root;
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        double radius = Radius.of(y, n);
        // 0 on the surface, where x is infinite; lengths that rounding takes beyond it count as 1
        double root = radius > BEYOND ? Double.NaN : Math.sqrt(Math.max(0, (1 - radius) * (1 + radius)));
        for (int k = 0; k < n; k++) {
            x[k] = y[k] == 0 ? 0 : y[k] / root;
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double r = Radius.of(x, n);
        return -(n + 2) * (r <= 1 ? 0.5 * Math.log1p(r * r) : Math.log(root(x)));
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double root = root(x);
        double along = Radius.dot(y, gY, n) + gLogDet * (n + 2);
        for (int k = 0; k < n; k++) {
            gX[k] = (gY[k] - y[k] * along) / root;
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double root = root(x);
        double along = Radius.dot(x, gX, n);
        for (int k = 0; k < n; k++) {
            gY[k] = root * (gX[k] + x[k] * along);
        }
    }
}
