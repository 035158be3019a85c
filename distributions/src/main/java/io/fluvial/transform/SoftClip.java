package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// A rational soft clip of the line into (lower, upper),
///
///     y = c + t/(1 + |t|/B),   t = x − c,   ℓ = −2 log(1 + |t|/B) ,
///
/// with the middle c and half of the width B: the identity to first order at c, and an algebraic approach to the ends
/// that leaves them far away (half of B at t = B). `SoftClip.of(-B, B)` is what zuko puts between layers. For a map
/// that is the identity almost up to the ends see [SoftplusClip].
///
/// Far out y rounds to the ends themselves. Error of y: 2 ulp of max(|y|, |c|); the inverse is as accurate as the
/// distance of y from the nearer end.
///
/// @param lower finite
/// @param upper finite, above `lower`
public record SoftClip(double lower, double upper) implements ScalarTransform {

    public SoftClip {
        if (!(lower < upper) || !Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException(
                    "SoftClip: expected finite lower < upper, got " + lower + " and " + upper);
        }
    }

    public static SoftClip of(double lower, double upper) {
        return new SoftClip(lower, upper);
    }

    private double middle() {
        return 0.5 * lower + 0.5 * upper;
    }

    private double bound() {
        return 0.5 * (upper - lower);
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.open(lower, upper);
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        if (Double.isInfinite(x)) { // ∞/∞
            return x > 0 ? upper : lower;
        }
        double t = x - middle();
        double a = Math.abs(t);
        if (!(a > bound())) { // also for NaN
            return middle() + t / (1 + a / bound());
        }
        double gap = bound() / (1 + a / bound()); // to the end: at least 0, so that y stays inside
        return t > 0 ? upper - gap : lower + gap;
    }

    @Override
    public double inverse(double y) {
        double s = y - middle();
        double room = s > 0 ? upper - y : y - lower;
        return room >= 0 || Double.isNaN(y) ? middle() + s * (bound() / room) : Double.NaN;
    }

    @Override
    public double logDerivative(double x, double y) {
        return -2 * Math.log1p(Math.abs(x - middle()) / bound());
    }

    /// 0 in the middle, where ℓ has a kink.
    @Override
    public double logDerivativeSlope(double x, double y) {
        double t = x - middle();
        return -2 * Math.signum(t) / (bound() + Math.abs(t));
    }

    @Override
    public double derivative(double x, double y) {
        double root = 1 + Math.abs(x - middle()) / bound();
        return 1 / root / root; // two divisions: the square may overflow
    }
}
