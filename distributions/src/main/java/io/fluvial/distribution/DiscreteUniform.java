package io.fluvial.distribution;

import io.fluvial.constraint.Integers;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// Every whole number from `lower` to `upper`, both included, equally likely.
///
/// @param upper at least `lower`
public record DiscreteUniform(int lower, int upper) implements ScalarDistribution {

    public DiscreteUniform {
        Parameter.atLeast("DiscreteUniform", "upper", upper, lower);
    }

    public static DiscreteUniform of(int lower, int upper) {
        return new DiscreteUniform(lower, upper);
    }

    /// How many numbers.
    private double count() {
        return (double) upper - lower + 1;
    }

    @Override
    public ScalarConstraint support() {
        return Integers.between(lower, upper);
    }

    @Override
    public double logProb(double x) {
        return support().contains(x) ? -Math.log(count()) : WholeNumbers.outside(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        return Double.isNaN(x) ? x : Math.clamp((Math.floor(x) - lower + 1) / count(), 0.0, 1.0);
    }

    @Override
    public double survival(double x) {
        return Double.isNaN(x) ? x : Math.clamp((upper - Math.floor(x)) / count(), 0.0, 1.0);
    }

    @Override
    public double sample(RandomGenerator random) {
        return random.nextLong(lower, upper + 1L);
    }

    @Override
    public double mean() {
        return 0.5 * ((double) lower + upper);
    }

    @Override
    public double variance() {
        return (count() - 1) * (count() + 1) / 12;
    }

    /// The first of them: all are as likely.
    @Override
    public double mode() {
        return lower;
    }

    @Override
    public double entropy() {
        return Math.log(count());
    }
}
