package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// The transform of Box and Cox (1964, J. R. Stat. Soc. B 26, 211–252, eq. 1), for x > 0,
///
///     y = (x^λ − 1)/λ,   log x at λ = 0,   ℓ = (λ − 1) log x .
///
/// y > −1/λ for λ > 0, y < −1/λ for λ < 0. Computed as expm1(λ log x)/λ, so that it passes into log x without a step.
/// Error of y: 2 + |λ log x| ulp; of the inverse exp(log1p(λy)/λ): 2 + 2 |log x| ulp where λy ≥ −1/2; nearer to the
/// end −1/λ that y can no longer tell x (all against mpmath, 40 digits, λ from −2 to 3 and ±1e-12).
///
/// @param lambda λ, finite
public record BoxCox(double lambda) implements ScalarTransform {

    public BoxCox {
        if (!Double.isFinite(lambda)) {
            throw new IllegalArgumentException("BoxCox: lambda must be finite, got " + lambda);
        }
    }

    public static BoxCox of(double lambda) {
        return new BoxCox(lambda);
    }

    /// (e^{λt} − 1)/λ, t at λ = 0.
    static double ofLog(double t, double lambda) {
        double z = lambda * t;
        if (Math.abs(z) < 1e-17) { // the next term is t z / 2; also where λ t would lose digits as a denormal
            return t;
        }
        return Math.expm1(z) / lambda;
    }

    /// The t of [#ofLog]: log(1 + λy)/λ; NaN outside the image, ±∞ at its end.
    static double logOf(double y, double lambda) {
        double z = lambda * y;
        if (Math.abs(z) < 1e-17) {
            return y;
        }
        if (z == Double.POSITIVE_INFINITY && !Double.isInfinite(y)) {
            return (Math.log(Math.abs(lambda)) + Math.log(Math.abs(y))) / lambda;
        }
        return Math.log1p(z) / lambda;
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.POSITIVE;
    }

    @Override
    public ScalarConstraint codomain() {
        double end = -1 / lambda;
        if (Double.isInfinite(end)) {
            return Interval.REAL;
        }
        return lambda > 0 ? Interval.greaterThan(end) : Interval.lessThan(end);
    }

    @Override
    public Direction direction() {
        return Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        return ofLog(Math.log(x), lambda);
    }

    @Override
    public double inverse(double y) {
        return Math.exp(logOf(y, lambda));
    }

    @Override
    public double logDerivative(double x, double y) {
        return lambda == 1 ? 0 * x : (lambda - 1) * Math.log(x);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return (lambda - 1) / x;
    }

    @Override
    public boolean isAffine() {
        return lambda == 1;
    }
}
