package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// One trial: 1 with probability p, 0 with probability q = 1 − p. θ is p.
///
/// @param probability p in \[0, 1\]
/// @param complement 1 − p, kept so that a p near 1 has all its digits
public record Bernoulli(double probability, double complement) implements ScalarDistribution, Parameterized<Bernoulli> {

    public Bernoulli {
        Chance.check("Bernoulli", probability, complement);
    }

    public static Bernoulli of(double probability) {
        return new Bernoulli(probability, 1 - probability);
    }

    /// From the logit log(p/q), which may be infinite.
    public static Bernoulli ofLogit(double logit) {
        return new Bernoulli(Chance.ofLogit("Bernoulli", logit), Chance.ofLogit("Bernoulli", -logit));
    }

    /// log(p/q).
    public double logit() {
        return Chance.logit(probability, complement);
    }

    @Override
    public ScalarConstraint support() {
        return Integers.between(0, 1);
    }

    @Override
    public double logProb(double x) {
        if (x == 0) {
            return Chance.log(complement, probability);
        }
        return x == 1 ? Chance.log(probability, complement) : WholeNumbers.outside(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        return x < 0 ? 0 : x < 1 ? complement : 1;
    }

    @Override
    public double survival(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        return x < 0 ? 1 : x < 1 ? probability : 0;
    }

    @Override
    public double quantile(double p) {
        return p >= 0 && p <= 1 ? p <= complement ? 0 : 1 : Double.NaN;
    }

    @Override
    public double survivalQuantile(double q) {
        return q >= 0 && q <= 1 ? q >= probability ? 0 : 1 : Double.NaN;
    }

    @Override
    public double sample(RandomGenerator random) {
        return random.nextDouble() < probability ? 1 : 0;
    }

    @Override
    public double mean() {
        return probability;
    }

    @Override
    public double variance() {
        return probability * complement;
    }

    /// 0 where both are as likely.
    @Override
    public double mode() {
        return probability > complement ? 1 : 0;
    }

    @Override
    public double entropy() {
        return Chance.surprise(probability, complement) + Chance.surprise(complement, probability);
    }

    @Override
    public double[] parameters() {
        return new double[] {probability};
    }

    @Override
    public Constraint parameterSpace() {
        return Interval.UNIT;
    }

    @Override
    public Bernoulli withParameters(double[] theta) {
        Parameter.length("Bernoulli", "parameters", theta, 1);
        return new Bernoulli(theta[0], Chance.complement(theta[0], probability, complement));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Bernoulli", support(), x, gTheta)) {
            return;
        }
        gTheta[0] = x[0] == 1 ? 1 / probability : -1 / complement;
    }
}
