package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = sign(x) |x|ᵖ for p > 0, on the whole line, ℓ = log p + (p − 1) log |x|: −∞ at 0 where p > 1, +∞ where p < 1.
/// Accuracy as [Power].
///
/// @param exponent p, positive and finite
public record SignedPower(double exponent) implements ScalarTransform {

    public SignedPower {
        if (!(exponent > 0 && exponent < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("SignedPower: exponent must be positive and finite, got " + exponent);
        }
    }

    public static SignedPower of(double exponent) {
        return new SignedPower(exponent);
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.REAL;
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        return Math.copySign(Power.power(Math.abs(x), exponent), x);
    }

    @Override
    public double inverse(double y) {
        return Math.copySign(Power.root(Math.abs(y), exponent), y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return Power.logSlope(Math.abs(x), exponent);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        if (exponent == 1) { // 0 / 0
            return Double.isNaN(x) ? x : 0;
        }
        return (exponent - 1) / x;
    }

    @Override
    public double derivative(double x, double y) {
        return exponent * Math.pow(Math.abs(x), exponent - 1);
    }

    @Override
    public boolean isAffine() {
        return exponent == 1;
    }
}
