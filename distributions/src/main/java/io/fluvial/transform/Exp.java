package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = eˣ, from the real line to the positive numbers; ℓ = x. y is 0 from x = −745.2 down and infinite from 709.8
/// up; ℓ is exact everywhere. Error at most 1 ulp ([Math#exp] and [Math#log]).
public record Exp() implements ScalarTransform {

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.POSITIVE;
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        return Math.exp(x);
    }

    /// log y: −∞ at 0, NaN below.
    @Override
    public double inverse(double y) {
        return Math.log(y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return x;
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return Double.isNaN(x) ? x : 1;
    }

    @Override
    public double derivative(double x, double y) {
        return y;
    }
}
