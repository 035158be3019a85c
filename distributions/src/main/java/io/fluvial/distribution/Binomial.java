package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The number of successes in n independent trials,
///
///     P(k) = (n choose k) pᵏ qⁿ⁻ᵏ,   k = 0 … n,   q = 1 − p .
///
/// θ is p; n is fixed. Log-probabilities by Loader's saddle-point form, to 1e-13 for every n, which is
/// also checked by golden values; entropy by summation, up to the 1e-27 that is left out.
///
/// @param trials n ≥ 0
/// @param probability p in \[0, 1\]
/// @param complement 1 − p, kept so that a p near 1 has all its digits
public record Binomial(int trials, double probability, double complement)
        implements ScalarDistribution, Parameterized<Binomial> {

    public Binomial {
        Parameter.atLeast("Binomial", "trials", trials, 0);
        Chance.check("Binomial", probability, complement);
    }

    public static Binomial of(int trials, double probability) {
        return new Binomial(trials, probability, 1 - probability);
    }

    /// From the logit log(p/q), which may be infinite.
    public static Binomial ofLogit(int trials, double logit) {
        return new Binomial(trials, Chance.ofLogit("Binomial", logit), Chance.ofLogit("Binomial", -logit));
    }

    /// log(p/q).
    public double logit() {
        return Chance.logit(probability, complement);
    }

    @Override
    public ScalarConstraint support() {
        return Integers.between(0, trials);
    }

    @Override
    public double logProb(double x) {
        return support().contains(x)
                ? SaddlePoint.binomial(x, trials, probability, complement)
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
        double k = Math.floor(x);
        if (k >= trials) {
            return 1;
        }
        return BetaKernel.cdf(trials - k, k + 1, complement, probability);
    }

    @Override
    public double survival(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 1;
        }
        double k = Math.floor(x);
        if (k >= trials) {
            return 0;
        }
        return BetaKernel.cdf(k + 1, trials - k, probability, complement);
    }

    @Override
    public double sample(RandomGenerator random) {
        return draw(random, trials, probability, complement);
    }

    /// A draw for a mean below 10 by the geometric gaps between successes, else by rejection.
    static double draw(RandomGenerator random, double n, double p, double q) {
        if (p > q) {
            return n - draw(random, n, q, p);
        }
        if (n * p >= 10) {
            return TransformedRejection.binomial(random, n, p, q);
        }
        if (p == 0) {
            return 0;
        }
        double logFailure = Chance.log(q, p);
        double successes = 0;
        double trial = Geometric.draw(random, logFailure) + 1;
        while (trial <= n) {
            successes++;
            trial += Geometric.draw(random, logFailure) + 1;
        }
        return successes;
    }

    @Override
    public double mean() {
        return trials * probability;
    }

    @Override
    public double variance() {
        return trials * probability * complement;
    }

    /// ⌊(n + 1) p⌋; the smaller one where two are as likely.
    @Override
    public double mode() {
        double top = (trials + 1.0) * probability;
        double floor = Math.floor(top);
        return Math.max(0, Math.min(trials, floor == top ? floor - 1 : floor));
    }

    @Override
    public double entropy() {
        double skew = complement - probability;
        return WholeNumbers.entropy(this, variance(), skew * skew / variance());
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
    public Binomial withParameters(double[] theta) {
        Parameter.length("Binomial", "parameters", theta, 1);
        return new Binomial(trials, theta[0], Chance.complement(theta[0], probability, complement));
    }

    /// (k − n p)/(p q).
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Binomial", support(), x, gTheta)) {
            return;
        }
        double k = x[0];
        double failures = trials - k;
        gTheta[0] = (k == 0 ? 0 : k / probability) - (failures == 0 ? 0 : failures / complement);
    }
}
