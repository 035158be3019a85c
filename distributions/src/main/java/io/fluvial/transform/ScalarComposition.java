package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.Arrays;

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

    @Override
    public boolean isAffine() {
        return first.isAffine() && next.isAffine();
    }

    @Override
    public Interval image(Interval of) {
        return next.image(first.image(of));
    }

    @Override
    public double branches(double low, double high) {
        Interval middle = first.image(Interval.open(low, high));
        return first.branches(low, high) * next.branches(middle.lower(), middle.upper());
    }

    @Override
    public double[] preimages(double y, double low, double high) {
        Interval middle = first.image(Interval.open(low, high));
        double[] x = {};
        for (double value : next.preimages(y, middle.lower(), middle.upper())) {
            x = join(x, first.preimages(value, low, high));
        }
        return x;
    }

    @Override
    public double[] preimageIntervals(double lower, double upper, double low, double high) {
        Interval middle = first.image(Interval.open(low, high));
        double[] values = next.preimageIntervals(lower, upper, middle.lower(), middle.upper());
        double[] x = {};
        for (int i = 0; i < values.length; i += 2) {
            x = join(x, first.preimageIntervals(values[i], values[i + 1], low, high));
        }
        // several pieces of a folded map do not come in order; they do not overlap, so their ends may be sorted
        Arrays.sort(x);
        return x;
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
