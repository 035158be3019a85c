package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// y = tanh x, from the line to (−1, 1); ℓ = log(1 − y²) = −2 log cosh x.
///
/// y is exactly ±1 from |x| = 19.1 on, where its inverse gives ±∞; ℓ comes from x and keeps its digits. Relative
/// error of y, ℓ and artanh: at most 4 ulp (mpmath, 40 digits).
public record Tanh() implements ScalarTransform {

    private static final double LOG_2 = 0.6931471805599453;

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.open(-1, 1);
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        return Math.tanh(x);
    }

    /// artanh y = log((1 + y)/(1 − y))/2: ±∞ at ±1, NaN beyond.
    @Override
    public double inverse(double y) {
        double a = Math.abs(y);
        return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), y); // at a = 1 log1p(∞)
    }

    @Override
    public double logDerivative(double x, double y) {
        double a = Math.abs(x);
        if (a < 0.5) {
            double t = Math.tanh(a);
            return Math.log1p(-t * t); // the sum below would cancel to −x²
        }
        return 2 * (LOG_2 - a - Math.log1p(Math.exp(-2 * a)));
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return -2 * Math.tanh(x);
    }

    /// 1/cosh² x = 4e^(−2|x|)/(1 + e^(−2|x|))².
    @Override
    public double derivative(double x, double y) {
        double e = Math.exp(-2 * Math.abs(x));
        return 4 * e / ((1 + e) * (1 + e)); // denominator ≥ 1
    }
}
