package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = log x, from the positive numbers to the real line; ℓ = −y. Denormal x included; error at most 1 ulp
/// ([Math#log] and [Math#exp]).
public record Log() implements ScalarTransform {

    @Override
    public ScalarConstraint domain() {
        return Interval.POSITIVE;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.REAL;
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    /// −∞ at 0, NaN below.
    @Override
    public double forward(double x) {
        return Math.log(x);
    }

    @Override
    public double inverse(double y) {
        return Math.exp(y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return -y;
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return -1 / x;
    }

    @Override
    public double derivative(double x, double y) {
        return 1 / x;
    }
}
