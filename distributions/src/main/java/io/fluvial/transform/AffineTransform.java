package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = a + b x with b ≠ 0, ℓ = log |b|; decreasing where b < 0. Forward is rounded once, the inverse twice.
///
/// @param shift a, finite
/// @param scale b, finite and not 0
public record AffineTransform(double shift, double scale) implements ScalarTransform {

    public AffineTransform {
        if (!Double.isFinite(shift)) {
            throw new IllegalArgumentException("AffineTransform: shift must be finite, got " + shift);
        }
        if (!Double.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException("AffineTransform: scale must be finite and not 0, got " + scale);
        }
    }

    public static AffineTransform of(double shift, double scale) {
        return new AffineTransform(shift, scale);
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
        return scale > 0 ? Direction.INCREASING : Direction.DECREASING;
    }

    @Override
    public double forward(double x) {
        return Math.fma(scale, x, shift);
    }

    @Override
    public double inverse(double y) {
        return (y - shift) / scale;
    }

    @Override
    public double logDerivative(double x, double y) {
        return Double.isNaN(x) ? x : Math.log(Math.abs(scale));
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return Double.isNaN(x) ? x : 0;
    }

    @Override
    public double derivative(double x, double y) {
        return Double.isNaN(x) ? x : scale;
    }

    @Override
    public boolean isAffine() {
        return true;
    }
}
