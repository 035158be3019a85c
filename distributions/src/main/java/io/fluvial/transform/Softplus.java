package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.internal.Logistic;

/// y = log(1 + eˣ), from the line to the positive numbers; ℓ = log σ(x) = −log(1 + e⁻ˣ).
///
/// Relative error of y and ℓ at most 3 ulp, from the smallest denormal up. The inverse log(eʸ − 1) is within
/// 2 ulp of max(|x|, 1) (mpmath, 40 digits).
public record Softplus() implements ScalarTransform {

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
        return Logistic.softplus(x);
    }

    /// −∞ at 0, NaN below.
    @Override
    public double inverse(double y) {
        return Logistic.inverseSoftplus(y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return -Logistic.softplus(-x);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return Logistic.sigmoid(-x);
    }

    @Override
    public double derivative(double x, double y) {
        return Logistic.sigmoid(x);
    }
}
