package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// Skewness and tails by the hyperbolic sine (Jones & Pewsey 2009, Biometrika 96, 761–780), in the form of TFP,
///
///     y = m sinh((arsinh x + s) t),   m = 2/sinh(t arsinh 2) ,
///     ℓ = log(m t) + log cosh z − log(1 + x²)/2,   z = (arsinh x + s) t .
///
/// s > 0 tilts to the right, t > 1 makes tails heavier, and m keeps 2 where it is while s = 0. A power |x|ᵗ far out.
/// z is off by 2 ulp of |arsinh x| + |s|, times t; so y and its inverse have a relative error of 4 + 2 |z| ulp away
/// from
/// their zeros, near which they are off by that absolutely. ℓ: 4 ulp of 1 + |z| (mpmath, 40 digits).
///
/// @param skewness s, finite
/// @param tailweight t, positive and finite
public record SinhArcsinh(double skewness, double tailweight) implements ScalarTransform {

    private static final double LOG_2 = 0.6931471805599453;
    private static final double ARSINH_2 = 1.4436354751788103;

    public SinhArcsinh {
        if (!Double.isFinite(skewness)) {
            throw new IllegalArgumentException("SinhArcsinh: skewness must be finite, got " + skewness);
        }
        if (!(tailweight > 0 && tailweight < 400)) { // sinh(t arsinh 2) must be a double
            throw new IllegalArgumentException("SinhArcsinh: tailweight must be in (0, 400), got " + tailweight);
        }
    }

    public static SinhArcsinh of(double skewness, double tailweight) {
        return new SinhArcsinh(skewness, tailweight);
    }

    private double multiplier() {
        return 2 / Math.sinh(tailweight * ARSINH_2);
    }

    private double inner(double x) {
        return (Sech.asinh(x) + skewness) * tailweight;
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
        double z = inner(x);
        return Math.abs(z) < 700 // beyond, sinh overflows before the product does
                ? multiplier() * Math.sinh(z)
                : Math.copySign(Math.exp(Math.abs(z) - LOG_2 + Math.log(multiplier())), z);
    }

    @Override
    public double inverse(double y) {
        return Math.sinh(Sech.asinh(y / multiplier()) / tailweight - skewness);
    }

    @Override
    public double logDerivative(double x, double y) {
        double a = Math.abs(x);
        double z = Math.abs(inner(x));
        double halfLog = a > 1e9 ? Math.log(a) : 0.5 * Math.log1p(a * a);
        return Math.log(multiplier() * tailweight) + z + Math.log1p(Math.exp(-2 * z)) - LOG_2 - halfLog;
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        double root = Math.hypot(1, x);
        return Math.tanh(inner(x)) * tailweight / root - x / root / root;
    }

    @Override
    public boolean isAffine() {
        return skewness == 0 && tailweight == 1;
    }
}
