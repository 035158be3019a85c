package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;

/// From the real line onto the open interior of an interval:
///
///     (−∞, ∞)   y = x                    ℓ = 0
///     (a, ∞)    y = a + eˣ               ℓ = x
///     (−∞, b)   y = b − eˣ               ℓ = x           decreasing
///     (a, b)    y = a + (b − a) σ(x)     ℓ = log (b − a) − |x| − 2 log (1 + exp −|x|)
///
/// with σ(x) = 1/(1 + e⁻ˣ). A value that double precision would round to an end, or to infinity, becomes the
/// number of the interior next to it, so that every x leads inside; ℓ and the slopes are those of x itself. From
/// there on (x = 37 for an end other than 0) the inverse gives the outermost x that is still told apart.
///
/// @param interval closed ends are left out
public record IntoInterval(Interval interval) implements ScalarTransform {

    public IntoInterval {
        if (!(Math.nextUp(interval.lower()) < interval.upper())) {
            throw new IllegalArgumentException("no number lies between the ends of " + interval);
        }
    }

    private double lower() {
        return interval.lower();
    }

    private double upper() {
        return interval.upper();
    }

    private boolean hasLower() {
        return lower() != Double.NEGATIVE_INFINITY;
    }

    private boolean hasUpper() {
        return upper() != Double.POSITIVE_INFINITY;
    }

    @Override
    public ScalarConstraint domain() {
        return Interval.REAL;
    }

    @Override
    public ScalarConstraint codomain() {
        return Interval.open(lower(), upper());
    }

    @Override
    public Direction direction() {
        return hasUpper() && !hasLower() ? Direction.DECREASING : Direction.INCREASING;
    }

    @Override
    public double forward(double x) {
        double y;
        if (hasLower()) {
            y = hasUpper() ? between(x) : lower() + Math.exp(x);
        } else {
            y = hasUpper() ? upper() - Math.exp(x) : x;
        }
        return Double.isInfinite(x) ? y : Math.clamp(y, Math.nextUp(lower()), Math.nextDown(upper()));
    }

    /// a σ(−x) + b σ(x): a width that is no double does not matter, and an end at 0 is approached with all digits.
    private double between(double x) {
        double e = Math.exp(-Math.abs(x));
        double far = 1 / (1 + e); // in [½, 1]
        double near = e * far;
        return x < 0 ? lower() * far + upper() * near : lower() * near + upper() * far;
    }

    @Override
    public double inverse(double y) {
        if (hasLower()) {
            return hasUpper() ? logOdds(y) : Math.log(y - lower());
        }
        return hasUpper() ? Math.log(upper() - y) : y;
    }

    private double logOdds(double y) {
        double unit = upper() - lower() < Double.POSITIVE_INFINITY ? 1 : 0.5; // halves: the width may be no double
        double above = unit * y - unit * lower();
        double below = unit * upper() - unit * y;
        return LogOdds.of(above, below);
    }

    @Override
    public double logDerivative(double x, double y) {
        if (hasLower() && hasUpper()) {
            double size = Math.abs(x);
            return logWidth() - size - 2 * Math.log1p(Math.exp(-size));
        }
        return hasLower() || hasUpper() ? x : 0;
    }

    private double logWidth() {
        return Math.log(upper() / 2 - lower() / 2) + Math.log(2); // halves as in logOdds
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        if (hasLower() && hasUpper()) {
            return -Math.tanh(x / 2);
        }
        return hasLower() || hasUpper() ? 1 : 0;
    }

    @Override
    public boolean isAffine() {
        return !hasLower() && !hasUpper();
    }
}
