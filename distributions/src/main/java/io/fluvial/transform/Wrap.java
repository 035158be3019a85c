package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// The line wound around a circle: y = x − kP in \[lower, upper), with the whole k that leads there, P = upper − lower.
/// Infinitely many branches, ℓ = 0.
///
/// The remainder is exact ([Math#IEEEremainder]) for the P that is a double: for angles 2π rounded, so
/// that the rounding of 2π itself moves the angle of a large x by 2.4e-16 · |x| / 2π.
///
/// @param lower finite
/// @param upper finite, above `lower`
public record Wrap(double lower, double upper) implements ScalarTransform {

    public Wrap {
        if (!(lower < upper) || !Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException("Wrap: expected finite lower < upper, got " + lower + " and " + upper);
        }
    }

    /// Into \[lower, upper).
    public static Wrap of(double lower, double upper) {
        return new Wrap(lower, upper);
    }

    /// Angles in \[−π, π).
    public static Wrap angle() {
        return new Wrap(-Math.PI, Math.PI);
    }

    private double period() {
        return upper - lower;
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.halfOpen(lower, upper);
    }

    @Override
    public Direction direction() {
        return Direction.FOLDED;
    }

    @Override
    public double forward(double x) {
        if (x >= lower && x < upper) {
            return x;
        }
        double centre = lower + 0.5 * period();
        double y = centre + Math.IEEEremainder(Math.IEEEremainder(x, period()) - centre, period());
        return y >= upper ? lower : y < lower ? lower : y;
    }

    /// y itself; NaN outside \[lower, upper).
    @Override
    public double inverse(double y) {
        return y >= lower && y < upper ? y : Double.NaN;
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
        return Double.isNaN(y) ? y : 1;
    }

    @Override
    public Interval image(Interval of) {
        boolean whole = of.lower() >= lower && of.upper() < upper;
        return whole ? of : Interval.halfOpen(lower, upper);
    }

    @Override
    public double branches(double low, double high) {
        return Math.floor((high - lower) / period()) - Math.floor((low - lower) / period()) + 1;
    }

    @Override
    public double[] preimages(double y, double low, double high) {
        if (!(y >= lower && y < upper)) {
            return new double[0];
        }
        Pieces.check(this, branches(low, high));
        double from = Math.floor((low - lower) / period());
        double[] x = new double[(int) branches(low, high)];
        for (int k = 0; k < x.length; k++) {
            x[k] = Math.fma(from + k, period(), y);
        }
        return Pieces.inside(x, low, high);
    }

    @Override
    public double[] preimageIntervals(double least, double most, double low, double high) {
        double a = Math.max(least, lower);
        double b = Math.min(most, upper);
        if (!(a <= b)) {
            return new double[0];
        }
        Pieces.check(this, branches(low, high));
        double from = Math.floor((low - lower) / period());
        double[] ends = new double[2 * (int) branches(low, high)];
        for (int k = 0; 2 * k < ends.length; k++) {
            ends[2 * k] = Math.fma(from + k, period(), a);
            ends[2 * k + 1] = Math.fma(from + k, period(), b);
        }
        return Pieces.clip(ends, low, high);
    }
}
