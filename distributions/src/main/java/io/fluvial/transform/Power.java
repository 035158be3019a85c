package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = xᵖ for x > 0 and p ≠ 0, ℓ = log |p| + (p − 1) log x; decreasing where p < 0.
///
/// Forward within 1 ulp ([Math#pow]). The inverse y^(1/p) carries the rounding of 1/p, |log x| ulp; p = 2, 3 and 1/2
/// use roots and squares, 1 ulp. Where |p| is small, y = 1 + p log x + … itself has lost log₂ 1/p bits of x: use
/// [BoxCox].
///
/// @param exponent p, finite and not 0
public record Power(double exponent) implements ScalarTransform {

    public Power {
        if (!Double.isFinite(exponent) || exponent == 0) {
            throw new IllegalArgumentException("Power: exponent must be finite and not 0, got " + exponent);
        }
    }

    public static Power of(double exponent) {
        return new Power(exponent);
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.POSITIVE;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.POSITIVE;
    }

    @Override
    public Direction direction() {
        return exponent > 0 ? Direction.INCREASING : Direction.DECREASING;
    }

    @Override
    public double forward(double x) {
        return x < 0 ? Double.NaN : power(x, exponent);
    }

    @Override
    public double inverse(double y) {
        return y < 0 ? Double.NaN : root(y, exponent);
    }

    /// xᵖ for x ≥ 0.
    static double power(double x, double exponent) {
        return exponent == 0.5 ? Math.sqrt(x) : Math.pow(x, exponent);
    }

    /// y^(1/p) for y ≥ 0.
    static double root(double y, double exponent) {
        if (exponent == 2) {
            return Math.sqrt(y);
        }
        if (exponent == 3) {
            return Math.cbrt(y);
        }
        return exponent == 0.5 ? y * y : Math.pow(y, 1 / exponent);
    }

    @Override
    public double logDerivative(double x, double y) {
        return logSlope(x, exponent);
    }

    /// log |p| + (p − 1) log x for x ≥ 0, with the limits at 0.
    static double logSlope(double x, double exponent) {
        if (exponent == 1) { // 0 · log 0
            return Double.isNaN(x) ? x : 0;
        }
        return Math.log(Math.abs(exponent)) + (exponent - 1) * Math.log(x);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return (exponent - 1) / x;
    }

    @Override
    public double derivative(double x, double y) {
        return exponent * Math.pow(x, exponent - 1);
    }

    @Override
    public boolean isAffine() {
        return exponent == 1;
    }
}
