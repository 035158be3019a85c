package io.fluvial.transform;

import io.fluvial.constraint.ScalarConstraint;

/// `first`, then `next`, both of one number.
record ScalarComposition(ScalarTransform first, ScalarTransform next) implements ScalarTransform {

    static ScalarComposition of(ScalarTransform first, ScalarTransform next) {
        return new ScalarComposition(first, next);
    }

    @Override
    public ScalarConstraint domain() {
        return first.domain();
    }

    @Override
    public ScalarConstraint codomain() {
        return next.codomain();
    }

    @Override
    public Direction direction() {
        if (!first.isBijective() || !next.isBijective()) {
            return Direction.FOLDED;
        }
        return first.direction() == next.direction() ? Direction.INCREASING : Direction.DECREASING;
    }

    @Override
    public double forward(double x) {
        return next.forward(first.forward(x));
    }

    @Override
    public double inverse(double y) {
        return first.inverse(next.inverse(y));
    }

    @Override
    public double logDerivative(double x, double y) {
        double middle = first.forward(x);
        return first.logDerivative(x, middle) + next.logDerivative(middle, y);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        double middle = first.forward(x);
        return first.logDerivativeSlope(x, middle) + next.logDerivativeSlope(middle, y) * first.derivative(x, middle);
    }

    @Override
    public double derivative(double x, double y) {
        double middle = first.forward(x);
        return first.derivative(x, middle) * next.derivative(middle, y);
    }
}
