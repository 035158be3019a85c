package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The number of failures before the first success,
///
///     P(k) = p qᵏ,   k = 0, 1, …,   q = 1 − p .
///
/// θ is p.
///
/// @param probability p in (0, 1\], of a success
/// @param complement 1 − p, kept so that a p near 1 has all its digits
public record Geometric(double probability, double complement) implements ScalarDistribution, Parameterized<Geometric> {

    public Geometric {
        Parameter.positive("Geometric", "probability", probability);
        Chance.check("Geometric", probability, complement);
    }

    public static Geometric of(double probability) {
        return new Geometric(probability, 1 - probability);
    }

    /// From the logit log(p/q).
    public static Geometric ofLogit(double logit) {
        return new Geometric(Chance.ofLogit("Geometric", logit), Chance.ofLogit("Geometric", -logit));
    }

    @Override
    public ScalarConstraint support() {
        return Integers.NON_NEGATIVE;
    }

    /// log q.
    private double logFailure() {
        return Chance.log(complement, probability);
    }

    @Override
    public double logProb(double x) {
        return support().contains(x)
                ? Chance.times(x, logFailure()) + Chance.log(probability, complement)
                : WholeNumbers.outside(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 0;
        }
        return -Math.expm1((Math.floor(x) + 1) * logFailure());
    }

    @Override
    public double survival(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 1;
        }
        return Math.exp((Math.floor(x) + 1) * logFailure());
    }

    @Override
    public double sample(RandomGenerator random) {
        return Math.min(draw(random, logFailure()), Double.MAX_VALUE); // which is whole
    }

    /// ⌊E/−log q⌋ for a standard exponential E has exactly this distribution.
    static double draw(RandomGenerator random, double logFailure) {
        return Math.floor(random.nextExponential() / -logFailure);
    }

    @Override
    public double mean() {
        return complement / probability;
    }

    @Override
    public double variance() {
        return complement / probability / probability;
    }

    @Override
    public double mode() {
        return 0;
    }

    @Override
    public double entropy() {
        double both = Chance.surprise(probability, complement) + Chance.surprise(complement, probability);
        return both / probability;
    }

    @Override
    public double[] parameters() {
        return new double[] {probability};
    }

    @Override
    public Constraint parameterSpace() {
        return new Interval(0, 1, Interval.End.OPEN, Interval.End.CLOSED);
    }

    @Override
    public Geometric withParameters(double[] theta) {
        Parameter.length("Geometric", "parameters", theta, 1);
        return new Geometric(theta[0], Chance.complement(theta[0], probability, complement));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Geometric", support(), x, gTheta)) {
            return;
        }
        double k = x[0];
        gTheta[0] = 1 / probability - (k == 0 ? 0 : k / complement);
    }
}
