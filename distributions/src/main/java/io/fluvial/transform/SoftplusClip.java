package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.internal.Logistic;

/// A soft clip of the line into (lower, upper) that is nearly the identity inside: the softplus at either end,
///
///     y = upper − w ζ(w − u)/ζ(w),   u = ζ(x − lower),   w = upper − lower,   ζ(t) = c log(1 + e^(t/c)) ,
///     y = lower + ζ(x − lower)   or   y = upper − ζ(upper − x)   where the other end is infinite.
///
/// The form of `tfp.bijectors.SoftClip`; c is its hinge softness.
///
/// Near either end y − lower and upper − y are computed without the difference, as is the inverse: error of
/// the distance to the nearer end 6 ulp before it is added to the end, of x 8 ulp of |x| + c + |lower| + |upper|
/// (mpmath, 40 digits).
///
/// @param lower −∞ for none
/// @param upper +∞ for none, above `lower`; not both infinite
/// @param softness c > 0, the width of the bend at the ends
public record SoftplusClip(double lower, double upper, double softness) implements ScalarTransform {

    public SoftplusClip {
        if (!(lower < upper) || Double.isInfinite(lower) && Double.isInfinite(upper)) {
            throw new IllegalArgumentException(
                    "SoftplusClip: expected lower < upper, one of them finite, got " + lower + " and " + upper);
        }
        if (!(softness > 0 && softness < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("SoftplusClip: softness must be positive and finite, got " + softness);
        }
        checkWidth(lower, upper, softness);
    }

    private static void checkWidth(double lower, double upper, double softness) {
        boolean both = Double.isFinite(lower) && Double.isFinite(upper);
        if (both && !Double.isFinite((upper - lower) / softness)) {
            throw new IllegalArgumentException("SoftplusClip: the width in units of the softness must be finite, got "
                    + lower + ", " + upper + " and softness " + softness);
        }
    }

    public static SoftplusClip of(double lower, double upper, double softness) {
        return new SoftplusClip(lower, upper, softness);
    }

    /// w/c.
    private double width() {
        return (upper - lower) / softness;
    }

    /// ζ(x − lower)/c.
    private double above(double x) {
        return Logistic.softplus((x - lower) / softness);
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
        if (Double.isInfinite(upper)) {
            return lower + softness * above(x);
        }
        if (Double.isInfinite(lower)) {
            return upper - softness * Logistic.softplus((upper - x) / softness);
        }
        double w = width();
        double u = above(x);
        double unit = softness * w / Logistic.softplus(w);
        if (u < 0.5 * w) {
            return lower + unit * gap(u, w);
        }
        return upper - unit * Logistic.softplus(w - u);
    }

    /// ζ(w) − ζ(w − u) with c = 1, for 0 ≤ u ≤ w/2: of u < 1/2 as −log(1 − σ(w)(1 − e⁻ᵘ)), whose parts are below 1.
    private static double gap(double u, double w) {
        return u < 0.5
                ? -Math.log1p(Logistic.sigmoid(w) * Math.expm1(-u))
                : u + Logistic.softplus(-w) - Logistic.softplus(u - w);
    }

    /// The u of a [#gap] of at most ζ(w)/2.
    private static double gapInverse(double gap, double w) {
        if (gap < 0.5) {
            return -Math.log1p(Math.expm1(-gap) / Logistic.sigmoid(w)); // σ(w) ≥ 1/2
        }
        double rest = Logistic.softplus(-w);
        return gap - rest - Math.log1p(-Math.exp(gap - w - rest)); // e to the minus ζ(w) − gap, below 1
    }

    @Override
    public double inverse(double y) {
        if (y < lower || y > upper) {
            return Double.NaN;
        }
        if (Double.isInfinite(upper)) {
            return lower + softness * Logistic.inverseSoftplus((y - lower) / softness);
        }
        if (Double.isInfinite(lower)) {
            return upper - softness * Logistic.inverseSoftplus((upper - y) / softness);
        }
        double w = width();
        double unit = softness * w / Logistic.softplus(w);
        double below = (y - lower) / unit; // ζ(w) − ζ(w − u)
        double u = below < 0.5 * Logistic.softplus(w)
                ? gapInverse(below, w)
                : w - Logistic.inverseSoftplus((upper - y) / unit);
        return lower + softness * Logistic.inverseSoftplus(u);
    }

    /// log σ of what is left to the upper end, plus log σ of what is left to the lower one.
    @Override
    public double logDerivative(double x, double y) {
        if (Double.isInfinite(upper)) {
            return -Logistic.softplus((lower - x) / softness);
        }
        if (Double.isInfinite(lower)) {
            return -Logistic.softplus((x - upper) / softness);
        }
        double w = width();
        return Math.log(w / Logistic.softplus(w))
                - Logistic.softplus(above(x) - w)
                - Logistic.softplus((lower - x) / softness);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        double low = Double.isInfinite(lower) ? 0 : Logistic.sigmoid((lower - x) / softness);
        if (Double.isInfinite(upper)) {
            return low / softness;
        }
        if (Double.isInfinite(lower)) {
            return -Logistic.sigmoid((x - upper) / softness) / softness;
        }
        double high = Logistic.sigmoid(above(x) - width()) * Logistic.sigmoid((x - lower) / softness);
        return (low - high) / softness;
    }
}
