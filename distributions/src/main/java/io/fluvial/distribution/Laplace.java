package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The Laplace distribution, also called double exponential,
///
///     p(x) = exp(−|z|) / (2b),   z = (x − μ)/b .
///
/// The slope at μ, where it jumps, is given as 0.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 2e-14 of themselves.
///
/// @param location μ, the median
/// @param scale b > 0, the mean distance from μ
public record Laplace(double location, double scale) implements ScalarDistribution, Parameterized<Laplace> {

    public Laplace {
        Parameter.finite("Laplace", "location", location);
        Parameter.positive("Laplace", "scale", scale);
    }

    public static Laplace of(double location, double scale) {
        return new Laplace(location, scale);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.REAL;
    }

    @Override
    public double logProb(double x) {
        return -Math.abs(x - location) / scale - Math.log(2 * scale);
    }

    @Override
    public double gradient(double x) {
        if (!support().contains(x)) {
            return Double.NaN;
        }
        return Math.signum(location - x) / scale;
    }

    @Override
    public double cdf(double x) {
        double z = (x - location) / scale;
        return z < 0 ? 0.5 * Math.exp(z) : 1 - 0.5 * Math.exp(-z);
    }

    @Override
    public double survival(double x) {
        double z = (x - location) / scale;
        return z > 0 ? 0.5 * Math.exp(-z) : 1 - 0.5 * Math.exp(z);
    }

    @Override
    public double quantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            return Double.NaN;
        }
        return p <= 0.5 ? location + scale * Math.log(2 * p) : location - scale * Math.log(2 * (1 - p));
    }

    @Override
    public double survivalQuantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            return Double.NaN;
        }
        return q <= 0.5 ? location - scale * Math.log(2 * q) : location + scale * Math.log(2 * (1 - q));
    }

    @Override
    public double sample(RandomGenerator random) {
        double z = random.nextExponential();
        return Interval.REAL.nearest(location + scale * (random.nextBoolean() ? z : -z));
    }

    @Override
    public double mean() {
        return location;
    }

    @Override
    public double variance() {
        return 2 * scale * scale;
    }

    @Override
    public double mode() {
        return location;
    }

    @Override
    public double entropy() {
        return 1 + Math.log(2 * scale);
    }

    @Override
    public double[] parameters() {
        return new double[] {location, scale};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.REAL, Interval.POSITIVE);
    }

    @Override
    public Laplace withParameters(double[] theta) {
        Parameter.length("Laplace", "parameters", theta, 2);
        return new Laplace(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Laplace", support(), x, gTheta)) {
            return;
        }
        double off = x[0] - location;
        gTheta[0] = Math.signum(off) / scale;
        gTheta[1] = (Math.abs(off) / scale - 1) / scale;
    }
}
