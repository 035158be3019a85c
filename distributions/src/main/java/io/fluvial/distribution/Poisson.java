package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The number of events where each comes on its own,
///
///     P(k) = λᵏ e^−λ / k!,   k = 0, 1, …
///
/// θ is λ. Log-probabilities by Loader's saddle-point form, to 1e-13 for every λ; tails to
/// 1e-12 of themselves, from λ = 0 to 1e300 ([GammaKernel]); entropy by summation, up to the 1e-27
/// that is left out.
///
/// @param rate λ ≥ 0, the mean
public record Poisson(double rate) implements ScalarDistribution, Parameterized<Poisson> {

    public Poisson {
        Parameter.finite("Poisson", "rate", rate);
        Parameter.between("Poisson", "rate", rate, 0, Double.MAX_VALUE);
    }

    public static Poisson of(double rate) {
        return new Poisson(rate);
    }

    @Override
    public ScalarConstraint support() {
        return Integers.NON_NEGATIVE;
    }

    @Override
    public double logProb(double x) {
        return support().contains(x) ? SaddlePoint.poisson(x, rate) : WholeNumbers.outside(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    /// P(K ≤ k) = P(T > λ) for T with a gamma distribution of shape k + 1.
    @Override
    public double cdf(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 0;
        }
        double k = Math.floor(x);
        double survival = k >= rate ? survival(k) : 1;
        return survival < 0.1 ? 1 - survival : GammaKernel.survival(k + 1, rate); // near 1 monotone by the first
    }

    @Override
    public double survival(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 1;
        }
        if (Double.isInfinite(x)) {
            return 0;
        }
        double k = Math.floor(x);
        double cdf = k < rate ? cdf(k) : 1;
        return cdf < 0.1 ? 1 - cdf : GammaKernel.cdf(k + 1, rate);
    }

    @Override
    public double sample(RandomGenerator random) {
        return draw(random, rate);
    }

    /// A draw for a mean below 10 by counting exponential waiting times, else by rejection.
    static double draw(RandomGenerator random, double rate) {
        if (rate >= 10) {
            return TransformedRejection.poisson(random, rate);
        }
        double events = 0;
        double time = random.nextExponential();
        while (time < rate) {
            events++;
            time += random.nextExponential();
        }
        return events;
    }

    @Override
    public double mean() {
        return rate;
    }

    @Override
    public double variance() {
        return rate;
    }

    /// ⌊λ⌋; the smaller one where two are as likely.
    @Override
    public double mode() {
        double floor = Math.floor(rate);
        return floor == rate ? Math.max(0, floor - 1) : floor;
    }

    @Override
    public double entropy() {
        return WholeNumbers.entropy(this, rate, 1 / rate);
    }

    @Override
    public double[] parameters() {
        return new double[] {rate};
    }

    @Override
    public Constraint parameterSpace() {
        return Interval.NON_NEGATIVE;
    }

    @Override
    public Poisson withParameters(double[] theta) {
        Parameter.length("Poisson", "parameters", theta, 1);
        return new Poisson(theta[0]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Poisson", support(), x, gTheta)) {
            return;
        }
        gTheta[0] = x[0] == 0 ? -1 : (x[0] - rate) / rate;
    }
}
