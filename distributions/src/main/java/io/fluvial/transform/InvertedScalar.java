package io.fluvial.transform;

import io.fluvial.constraint.ScalarConstraint;

/// A scalar transform read backwards; ℓ changes its sign.
record InvertedScalar(ScalarTransform transform) implements ScalarTransform {

    InvertedScalar {
        if (!transform.isBijective()) {
            throw new IllegalArgumentException(transform + " has no inverse: several x lead to one y");
        }
    }

    @Override
    public ScalarConstraint domain() {
        return transform.codomain();
    }

    @Override
    public ScalarConstraint codomain() {
        return transform.domain();
    }

    @Override
    public Direction direction() {
        return transform.direction();
    }

    @Override
    public double forward(double x) {
        return transform.inverse(x);
    }

    @Override
    public double inverse(double y) {
        return transform.forward(y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return -transform.logDerivative(y, x);
    }

    /// By the chain rule: ℓ = −ℓ_f(y), ∂y/∂x = 1/f′(y).
    @Override
    public double logDerivativeSlope(double x, double y) {
        return -transform.logDerivativeSlope(y, x) / transform.derivative(y, x);
    }

    @Override
    public double derivative(double x, double y) {
        return 1 / transform.derivative(y, x);
    }

    @Override
    public ScalarTransform inverted() {
        return transform;
    }

    @Override
    public boolean isAffine() {
        return transform.isAffine();
    }
}
