package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.transform.ScalarTransform;

/// y = F(x), the distribution function of a continuous distribution, from its support to (0, 1); ℓ = log p(x).
/// Inverted, it is the quantile function.
///
/// As accurate as the distribution's own `cdf` and `quantile`. Doubles lie 1.1e-16 apart just below 1: in
/// the upper tail F(x) cannot tell x any more (a normal ends at 8.3 deviations), and the way back gives the
/// end of the support at F = 1. Where the upper tail matters, reflect the base so that it is the lower
/// one: [#ofSurvival] is 1 − F with all digits there.
///
/// @param distribution continuous
/// @param tail which probability
public record CumulativeDistribution(ScalarDistribution distribution, Tail tail) implements ScalarTransform {

    /// Which of the two probabilities.
    public enum Tail {
        /// P(X ≤ x), increasing.
        LOWER,
        /// P(X > x), decreasing.
        UPPER
    }

    public CumulativeDistribution {
        if (distribution.support().isDiscrete()) {
            throw new IllegalArgumentException(
                    distribution
                            + " is discrete: its distribution function is a staircase, no transform; expected a continuous distribution");
        }
    }

    /// F(x).
    public static CumulativeDistribution of(ScalarDistribution distribution) {
        return new CumulativeDistribution(distribution, Tail.LOWER);
    }

    /// 1 − F(x), with the digits of the upper tail.
    public static CumulativeDistribution ofSurvival(ScalarDistribution distribution) {
        return new CumulativeDistribution(distribution, Tail.UPPER);
    }

    @Override
    public ScalarConstraint domain() {
        return distribution.support();
    }

    @Override
    public ScalarConstraint codomain() {
        boolean closed = domain() instanceof Interval in
                && in.lowerEnd() == Interval.End.CLOSED
                && in.upperEnd() == Interval.End.CLOSED;
        return closed ? Interval.UNIT : Interval.open(0, 1);
    }

    @Override
    public Direction direction() {
        return tail == Tail.LOWER ? Direction.INCREASING : Direction.DECREASING;
    }

    @Override
    public double forward(double x) {
        return tail == Tail.LOWER ? distribution.cdf(x) : distribution.survival(x);
    }

    @Override
    public double inverse(double y) {
        return tail == Tail.LOWER ? distribution.quantile(y) : distribution.survivalQuantile(y);
    }

    @Override
    public double logDerivative(double x, double y) {
        return distribution.logProb(x);
    }

    @Override
    public double logDerivativeSlope(double x, double y) {
        return distribution.gradient(x);
    }
}
