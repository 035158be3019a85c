package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/// A count that is 0 with probability g whatever else, and drawn from a base otherwise:
///
///     P(0) = g + (1 − g) P₀(0),   P(k) = (1 − g) P₀(k) .
///
/// θ is g, then the base's own. A draw costs one of the base.
///
/// @param base on whole numbers, 0 among them
/// @param gate g in \[0, 1\]
public record ZeroInflated(ScalarDistribution base, double gate)
        implements ScalarDistribution, Parameterized<ZeroInflated> {

    public ZeroInflated {
        if (!WholeNumbers.on(base.support()) || !base.support().contains(0)) {
            throw new IllegalArgumentException("ZeroInflated: the base must live on whole numbers with 0 among them, "
                    + base + " lives on " + base.support());
        }
        Parameter.between("ZeroInflated", "gate", gate, 0, 1);
    }

    public static ZeroInflated of(ScalarDistribution base, double gate) {
        return new ZeroInflated(base, gate);
    }

    @Override
    public ScalarConstraint support() {
        return base.support();
    }

    @Override
    public double logProb(double x) {
        double log = base.logProb(x);
        return x == 0 ? LogSum.of(new double[] {Math.log(gate), Math.log1p(-gate) + log}) : Math.log1p(-gate) + log;
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        return (x >= 0 ? gate : 0) + (1 - gate) * base.cdf(x);
    }

    @Override
    public double survival(double x) {
        return (x < 0 ? gate : 0) + (1 - gate) * base.survival(x);
    }

    @Override
    public double sample(RandomGenerator random) {
        return random.nextDouble() < gate ? 0 : base.sample(random);
    }

    @Override
    public double mean() {
        return (1 - gate) * base.mean();
    }

    /// (1 − g) (σ₀² + g μ₀²).
    @Override
    public double variance() {
        return (1 - gate) * (base.variance() + gate * base.mean() * base.mean());
    }

    @Override
    public double mode() {
        double mode = base.mode();
        return logProb(0) >= logProb(mode) ? 0 : mode;
    }

    /// From the base's own entropy H₀ and p₀ = P₀(0): −P(0) log P(0) + (1 − g) (H₀ + p₀ log p₀ − (1 − p₀) log(1 − g)).
    @Override
    public double entropy() {
        double atZero = logProb(0);
        double baseAtZero = base.logProb(0);
        double p = Math.exp(baseAtZero);
        double rest = base.entropy() + Chance.times(p, baseAtZero);
        double others = -Math.expm1(baseAtZero);
        return -Chance.times(Math.exp(atZero), atZero)
                + Chance.times(1 - gate, rest - Chance.times(others, Math.log1p(-gate)));
    }

    @Override
    public double[] parameters() {
        return Theta.of(new double[] {gate}, List.of(base));
    }

    @Override
    public Constraint parameterSpace() {
        return Theta.space(List.of(Interval.UNIT), List.of(base));
    }

    @Override
    public ZeroInflated withParameters(double[] theta) {
        ScalarDistribution renewed =
                Theta.with("ZeroInflated", List.of(base), theta, 1).getFirst();
        return new ZeroInflated(renewed, theta[0]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        Events.one(x, Shape.SCALAR);
        double logBase = base.logProb(x[0]);
        double[] own = Theta.gradient(base, x);
        double share = 1; // of the base in P(x)
        if (x[0] == 0) {
            share = Math.exp(Math.log1p(-gate) + logBase - logProb(0));
            gTheta[0] = -Math.expm1(logBase) / Math.exp(logProb(0));
        } else {
            gTheta[0] = logBase > Double.NEGATIVE_INFINITY ? -1 / (1 - gate) : Double.NaN;
        }
        for (int j = 0; j < own.length; j++) {
            gTheta[j + 1] = Chance.times(share, own[j]);
        }
    }
}
