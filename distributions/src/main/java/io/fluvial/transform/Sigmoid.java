package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.internal.Logistic;

/// y = σ(x) = 1/(1 + e⁻ˣ), from the line to (0, 1); ℓ = log σ(x) + log σ(−x). Its inverse is the logit.
///
/// y is exactly 1 from x = 36.8 on and 0 below −745.2, where its inverse gives ±∞; ℓ comes from x and keeps its
/// digits. Relative error of y, of ℓ and of the logit, at y = 1/2 too: at most 4 ulp (mpmath, 40 digits).
public record Sigmoid() implements ScalarTransform {

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.open(0, 1);
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        if (x < 0) { // 1 + e⁻ˣ would overflow where y is still a denormal
            double e = Math.exp(x);
            return e / (1 + e);
        }
        return 1 / (1 + Math.exp(-x));
    }

    /// log(y/(1 − y)): ±∞ at the ends, NaN beyond.
    @Override
    public double inverse(double y) {
        if (y > 0.25 && y < 0.75) {
            return Math.log1p((2 * y - 1) / (1 - y)); // 2y − 1 is exact here: the digits near y = 1/2
        }
        return Math.log(y) - Math.log1p(-y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return Logistic.logSlope(x);
    }

    /// 1 − 2σ(x).
    @Override
    public double logDerivativeSlope(double x, double y) {
        return -Math.tanh(0.5 * x);
    }

    @Override
    public double derivative(double x, double y) {
        return Logistic.slope(x);
    }
}
