package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// One over a gamma variable of concentration α and rate β,
///
///     p(x) = βᵅ x^−α−1 e^−β/x / Γ(α),   x > 0 .
///
/// The mean is infinite for α ≤ 1, the variance for α ≤ 2. For α below 1/20 a draw may be the largest double, in
/// place of what lies beyond.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 7e-14 of themselves.
///
/// @param concentration α > 0, the shape
/// @param rate β > 0, the scale of x
public record InverseGamma(double concentration, double rate)
        implements ScalarDistribution, Parameterized<InverseGamma> {

    public InverseGamma {
        Parameter.positive("InverseGamma", "concentration", concentration);
        Parameter.positive("InverseGamma", "rate", rate);
    }

    public static InverseGamma of(double concentration, double rate) {
        return new InverseGamma(concentration, rate);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.POSITIVE;
    }

    @Override
    public double logProb(double x) {
        if (x <= 0 || x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return GammaKernel.log(concentration, rate / x) - Math.log(x);
    }

    @Override
    public double gradient(double x) {
        return support().contains(x) ? (rate / x - (concentration + 1)) / x : Double.NaN;
    }

    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : GammaKernel.survival(concentration, rate / x);
    }

    @Override
    public double survival(double x) {
        return x <= 0 ? 1 : GammaKernel.cdf(concentration, rate / x);
    }

    @Override
    public double sample(RandomGenerator random) {
        return Interval.POSITIVE.nearest(rate * Math.exp(-GammaKernel.logDraw(random, concentration)));
    }

    @Override
    public double mean() {
        return concentration > 1 ? rate / (concentration - 1) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double variance() {
        if (concentration <= 2) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = mean();
        return mean * mean / (concentration - 2);
    }

    @Override
    public double mode() {
        return rate / (concentration + 1);
    }

    /// α + log β + log Γ(α) − (1 + α) ψ(α), with Stirling's terms taken out of both functions.
    @Override
    public double entropy() {
        double a = concentration;
        return Math.log(rate)
                - 1.5 * Math.log(a)
                + Normal.HALF_LOG_TWO_PI
                + StirlingRemainder.error(a)
                + (a + 1) * StirlingRemainder.logMinusDigamma(a);
    }

    @Override
    public double[] parameters() {
        return new double[] {concentration, rate};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Interval.POSITIVE);
    }

    @Override
    public InverseGamma withParameters(double[] theta) {
        Parameter.length("InverseGamma", "parameters", theta, 2);
        return new InverseGamma(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("InverseGamma", support(), x, gTheta)) {
            return;
        }
        double t = rate / x[0];
        gTheta[0] = GammaKernel.slope(concentration, t);
        gTheta[1] = (concentration - t) / rate;
    }
}
