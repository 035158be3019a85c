package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Interval.End;
import io.fluvial.constraint.ScalarConstraint;

/// y = |x|, two branches with ℓ = 0. Exact.
public record Abs() implements ScalarTransform {

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.NON_NEGATIVE;
    }

    @Override
    public Direction direction() {
        return Direction.FOLDED;
    }

    @Override
    public double forward(double x) {
        return Math.abs(x);
    }

    /// The preimage that is not negative; NaN for y < 0.
    @Override
    public double inverse(double y) {
        return y >= 0 ? y : Double.NaN;
    }

    @Override
    public double logDerivative(double x, double y) {
        return Double.isNaN(x) ? x : 0;
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return Double.isNaN(x) ? x : 0;
    }

    /// The sign of x; 1 at 0.
    @Override
    public double derivative(double x, double y) {
        return Double.isNaN(x) ? x : x < 0 ? -1 : 1;
    }

    @Override
    public Interval image(Interval of) {
        double a = Math.abs(of.lower());
        double b = Math.abs(of.upper());
        double high = Math.max(a, b);
        End highEnd = a > b ? of.lowerEnd() : b > a || of.upperEnd() == End.CLOSED ? of.upperEnd() : of.lowerEnd();
        if (of.lower() < 0 && of.upper() > 0) {
            return new Interval(0, high, End.CLOSED, highEnd);
        }
        return new Interval(Math.min(a, b), high, of.lower() < 0 ? of.upperEnd() : of.lowerEnd(), highEnd);
    }

    @Override
    public double branches(double low, double high) {
        return low < 0 && high > 0 ? 2 : 1;
    }

    @Override
    public double[] preimages(double y, double low, double high) {
        boolean left = y >= 0 && -y >= low && -y <= high && low < 0;
        boolean right = y >= 0 && y >= low && y <= high && high > 0;
        return left && right
                ? new double[] {-y, y}
                : left ? new double[] {-y} : right ? new double[] {y} : new double[0];
    }

    @Override
    public double[] preimageIntervals(double lower, double upper, double low, double high) {
        if (upper < 0) {
            return new double[0];
        }
        if (lower <= 0) {
            return Pieces.clip(new double[] {-upper, upper}, low, high);
        }
        return Pieces.clip(new double[] {-upper, -lower, lower, upper}, low, high);
    }
}
