package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// The line folded into \[lower, upper] by reflection at both ends, as a ball between two walls:
///
///     y = lower + |r|,   r = x − lower − 2Wk in [−W, W],   W = upper − lower .
///
/// Infinitely many branches of either direction, ℓ = 0. Rounded once where `lower` is 0.
///
/// @param lower finite
/// @param upper finite, above `lower`
public record Fold(double lower, double upper) implements ScalarTransform {

    public Fold {
        if (!(lower < upper) || !Double.isFinite(2 * (upper - lower))) {
            throw new IllegalArgumentException("Fold: expected finite lower < upper, got " + lower + " and " + upper);
        }
    }

    public static Fold of(double lower, double upper) {
        return new Fold(lower, upper);
    }

    private double width() {
        return upper - lower;
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.closed(lower, upper);
    }

    @Override
    public Direction direction() {
        return Direction.FOLDED;
    }

    private double remainder(double x) {
        return Math.IEEEremainder(x - lower, 2 * width());
    }

    @Override
    public double forward(double x) {
        return x >= lower && x <= upper ? x : Math.min(lower + Math.abs(remainder(x)), upper);
    }

    /// y itself; NaN outside \[lower, upper].
    @Override
    public double inverse(double y) {
        return y >= lower && y <= upper ? y : Double.NaN;
    }

    @Override
    public double logDerivative(double x, double y) {
        return Double.isNaN(y) ? y : 0;
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return Double.isNaN(y) ? y : 0;
    }

    @Override
    public double derivative(double x, double y) {
        return Double.isNaN(y) ? y : remainder(x) < 0 ? -1 : 1;
    }

    @Override
    public Interval image(Interval of) {
        boolean whole = of.lower() >= lower && of.upper() <= upper;
        return whole ? of : Interval.closed(lower, upper);
    }

    @Override
    public double branches(double low, double high) {
        return Math.floor((high - lower) / width()) - Math.floor((low - lower) / width()) + 1;
    }

    /// Number of the first pair of branches, r from −W to W, that may reach into \[low, …].
    private double first(double low) {
        return Math.floor((low - lower + width()) / (2 * width()));
    }

    private int pairs(double low, double high) {
        Pieces.check(this, branches(low, high));
        return (int) (first(high) - first(low)) + 1;
    }

    @Override
    public double[] preimages(double y, double low, double high) {
        if (!(y >= lower && y <= upper)) {
            return new double[0];
        }
        double[] x = new double[2 * pairs(low, high)];
        for (int k = 0; 2 * k < x.length; k++) {
            double turn = 2 * width() * (first(low) + k);
            x[2 * k] = turn + lower - (y - lower);
            x[2 * k + 1] = turn + y;
        }
        return Pieces.inside(x, low, high);
    }

    @Override
    public double[] preimageIntervals(double least, double most, double low, double high) {
        double a = Math.max(least, lower) - lower;
        double b = Math.min(most, upper) - lower;
        if (!(a <= b)) {
            return new double[0];
        }
        double[] ends = new double[4 * pairs(low, high)];
        for (int k = 0; 4 * k < ends.length; k++) {
            double turn = lower + 2 * width() * (first(low) + k);
            ends[4 * k] = turn - b;
            ends[4 * k + 1] = turn - a;
            ends[4 * k + 2] = turn + a;
            ends[4 * k + 3] = turn + b;
        }
        return Pieces.clip(ends, low, high);
    }
}
