package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = x, ℓ = 0.
public record Identity() implements ScalarTransform {

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
        return x;
    }

    @Override
    public double inverse(double y) {
        return y;
    }

    @Override
    public double logDerivative(double x, double y) {
        return Double.isNaN(x) ? x : 0;
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return Double.isNaN(x) ? x : 0;
    }

    @Override
    public double derivative(double x, double y) {
        return Double.isNaN(x) ? x : 1;
    }

    @Override
    public boolean isAffine() {
        return true;
    }
}
