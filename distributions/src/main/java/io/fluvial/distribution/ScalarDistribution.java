package io.fluvial.distribution;

import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Shape;
import java.util.random.RandomGenerator;

/// A distribution of one number, with distribution function and quantiles. The forms on arrays follow from those on
/// numbers. `Independent.of(…)` makes vectors of them.
public interface ScalarDistribution extends Distribution {

    @Override
    ScalarConstraint support();

    /// log p(x), nats.
    double logProb(double x);

    /// ∂log p/∂x; NaN outside the support, thus also at ±∞.
    ///
    /// @throws UnsupportedOperationException for discrete distributions
    double gradient(double x);

    /// P(X ≤ x), accurate relative to itself: small probabilities keep their digits.
    double cdf(double x);

    /// P(X > x), accurate relative to itself, where 1 − cdf would round to 0.
    double survival(double x);

    /// The smallest x with P(X ≤ x) ≥ p, for p in [0, 1]; the ends of the support at 0 and 1. NaN for other p.
    ///
    /// The default searches: see [QuantileSearch].
    default double quantile(double p) {
        return QuantileSearch.lower(this, p);
    }

    /// The smallest x with P(X > x) ≤ q: the quantile of 1 − q without its rounding.
    default double survivalQuantile(double q) {
        return QuantileSearch.upper(this, q);
    }

    /// One independent draw, in the support: where its number is no double or rounds to an open end, the nearest
    /// double inside.
    double sample(RandomGenerator random);

    double mean();

    double variance();

    /// A point of highest density; where it is attained only as a limit, that limit.
    double mode();

    default double standardDeviation() {
        return Math.sqrt(variance());
    }

    @Override
    default double logProb(double[] x) {
        Events.one(x, Shape.SCALAR);
        return logProb(x[0]);
    }

    @Override
    default void gradient(double[] x, double[] gX) {
        Events.one(x, Shape.SCALAR);
        Events.one(gX, Shape.SCALAR);
        gX[0] = gradient(x[0]);
    }

    @Override
    default void sample(RandomGenerator random, double[] x) {
        Events.one(x, Shape.SCALAR);
        x[0] = sample(random);
    }

    @Override
    default void mean(double[] out) {
        Events.one(out, Shape.SCALAR);
        out[0] = mean();
    }

    @Override
    default void variance(double[] out) {
        Events.one(out, Shape.SCALAR);
        out[0] = variance();
    }

    @Override
    default void mode(double[] out) {
        Events.one(out, Shape.SCALAR);
        out[0] = mode();
    }

    @Override
    default void logProb(double[] x, int lanes, double[] out) {
        Events.checked(x, Shape.SCALAR, lanes, out);
        for (int i = 0; i < lanes; i++) {
            out[i] = logProb(x[i]);
        }
    }
}
