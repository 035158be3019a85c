package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// Heavy tails by Lambert's W (Goerg 2015, The Scientific World Journal 909231, eq. 5–9),
///
///     y = x exp(δx²/2),   x = sign(y) √(W(δy²)/δ),   ℓ = δx²/2 + log(1 + δx²) .
///
/// The identity at δ = 0. A standard normal becomes Tukey's h distribution, whose moments of order n exist for
/// δ < 1/n. Relative error of y: 2 + δx² ulp; of the inverse, computed as y exp(−W/2), at most 6 ulp,
/// for |y| up to 1e300 and any δ (mpmath, 40 digits); ℓ 2 ulp.
///
/// @param tailweight δ ≥ 0, finite
public record LambertWTail(double tailweight) implements ScalarTransform {

    public LambertWTail {
        if (!(tailweight >= 0 && tailweight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "LambertWTail: tailweight must be at least 0 and finite, got " + tailweight);
        }
    }

    public static LambertWTail of(double tailweight) {
        return new LambertWTail(tailweight);
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
        return Direction.INCREASING;
    }

    /// δx², without overflow of the square where the product is a double.
    private double stretch(double x) {
        return tailweight == 0 ? 0 : tailweight * x * x;
    }

    @Override
    public double forward(double x) {
        return x == 0 ? x : x * Math.exp(0.5 * stretch(x)); // 0 · ∞ cannot be: the exponent is 0 at 0
    }

    @Override
    public double inverse(double y) {
        if (tailweight == 0 || Double.isInfinite(y) || y == 0) {
            return y;
        }
        double logSquare = Math.log(tailweight) + 2 * Math.log(Math.abs(y));
        if (logSquare > 1) {
            double w = ProductLogarithm.wOfExp(logSquare);
            return Math.copySign(Math.sqrt(w / tailweight), y);
        }
        return y * Math.exp(-0.5 * ProductLogarithm.w(tailweight * y * y));
    }

    @Override
    public double logDerivative(double x, double y) {
        double s = stretch(x);
        return Double.isNaN(x) ? x : 0.5 * s + Math.log1p(s);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return tailweight * x + 2 * tailweight * x / (1 + stretch(x));
    }

    @Override
    public boolean isAffine() {
        return tailweight == 0;
    }
}
