package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The Cauchy distribution,
///
///     p(x) = 1 / (π s (1 + z²)),   z = (x − μ)/s .
///
/// It has neither mean nor variance: both are NaN.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 3e-16 of themselves.
///
/// @param location μ, the median
/// @param scale s > 0, half the distance of the quartiles
public record Cauchy(double location, double scale) implements ScalarDistribution, Parameterized<Cauchy> {

    private static final double LOG_PI = Math.log(Math.PI);

    public Cauchy {
        Parameter.finite("Cauchy", "location", location);
        Parameter.positive("Cauchy", "scale", scale);
    }

    public static Cauchy of(double location, double scale) {
        return new Cauchy(location, scale);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.REAL;
    }

    @Override
    public double logProb(double x) {
        return -LOG_PI - Math.log(scale) - logOnePlusSquare((x - location) / scale);
    }

    /// log(1 + z²) without overflow of the square.
    static double logOnePlusSquare(double z) {
        double size = Math.abs(z);
        return size > 1e100 ? 2 * Math.log(size) : Math.log1p(size * size);
    }

    /// d log(1 + z²)/dz, without overflow.
    static double slope(double z) {
        return Math.abs(z) > 1 ? 2 / (z + 1 / z) : 2 * z / (1 + z * z);
    }

    @Override
    public double gradient(double x) {
        if (!support().contains(x)) {
            return Double.NaN;
        }
        return -slope((x - location) / scale) / scale;
    }

    @Override
    public double cdf(double x) {
        return Math.atan2(1, (location - x) / scale) / Math.PI;
    }

    @Override
    public double survival(double x) {
        return Math.atan2(1, (x - location) / scale) / Math.PI;
    }

    @Override
    public double quantile(double p) {
        return location + scale * standardQuantile(p);
    }

    @Override
    public double survivalQuantile(double q) {
        return location - scale * standardQuantile(q);
    }

    private static double standardQuantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            return Double.NaN;
        }
        if (p < 0.25) {
            return -1 / Math.tan(Math.PI * p);
        }
        return p > 0.75 ? 1 / Math.tan(Math.PI * (1 - p)) : Math.tan(Math.PI * (p - 0.5));
    }

    /// The ratio of two normal variables.
    @Override
    public double sample(RandomGenerator random) {
        double z;
        do {
            double above = random.nextGaussian();
            z = above / random.nextGaussian();
        } while (!(Math.abs(z) < Double.POSITIVE_INFINITY)); // a normal of exactly 0
        return Interval.REAL.nearest(location + scale * z);
    }

    @Override
    public double mean() {
        return Double.NaN;
    }

    @Override
    public double variance() {
        return Double.NaN;
    }

    @Override
    public double mode() {
        return location;
    }

    @Override
    public double entropy() {
        return Math.log(4 * Math.PI) + Math.log(scale);
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
    public Cauchy withParameters(double[] theta) {
        Parameter.length("Cauchy", "parameters", theta, 2);
        return new Cauchy(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Cauchy", support(), x, gTheta)) {
            return;
        }
        double z = (x[0] - location) / scale;
        double s = slope(z);
        gTheta[0] = s / scale;
        gTheta[1] = (z * s - 1) / scale;
    }
}
