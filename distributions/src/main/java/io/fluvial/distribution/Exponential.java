package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The exponential distribution, p(x) = λ e^−λx for x ≥ 0.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 2e-16 of themselves.
///
/// @param rate λ > 0, one over the mean
public record Exponential(double rate) implements ScalarDistribution, Parameterized<Exponential> {

    public Exponential {
        Parameter.positive("Exponential", "rate", rate);
    }

    public static Exponential of(double rate) {
        return new Exponential(rate);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.NON_NEGATIVE;
    }

    @Override
    public double logProb(double x) {
        return x < 0 ? Double.NEGATIVE_INFINITY : Math.log(rate) - rate * x;
    }

    @Override
    public double gradient(double x) {
        return support().contains(x) ? -rate : Double.NaN;
    }

    @Override
    public double cdf(double x) {
        return x < 0 ? 0 : -Math.expm1(-rate * x);
    }

    @Override
    public double survival(double x) {
        return x < 0 ? 1 : Math.exp(-rate * x);
    }

    @Override
    public double quantile(double p) {
        return p >= 0 && p <= 1 ? 0.0 - Math.log1p(-p) / rate : Double.NaN;
    }

    @Override
    public double survivalQuantile(double q) {
        return q >= 0 && q <= 1 ? 0.0 - Math.log(q) / rate : Double.NaN;
    }

    @Override
    public double sample(RandomGenerator random) {
        return Interval.NON_NEGATIVE.nearest(random.nextExponential() / rate);
    }

    @Override
    public double mean() {
        return 1 / rate;
    }

    @Override
    public double variance() {
        return 1 / rate / rate;
    }

    @Override
    public double mode() {
        return 0;
    }

    @Override
    public double entropy() {
        return 1 - Math.log(rate);
    }

    @Override
    public double[] parameters() {
        return new double[] {rate};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE);
    }

    @Override
    public Exponential withParameters(double[] theta) {
        Parameter.length("Exponential", "parameters", theta, 1);
        return new Exponential(theta[0]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Exponential", support(), x, gTheta)) {
            return;
        }
        gTheta[0] = 1 / rate - x[0];
    }
}
