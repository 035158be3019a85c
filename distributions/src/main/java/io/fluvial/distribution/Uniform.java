package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Ordered;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The uniform distribution, p(x) = 1/(high − low) for low ≤ x ≤ high, both ends included.
///
/// @param low lower end
/// @param high upper end, above `low`
public record Uniform(double low, double high) implements ScalarDistribution, Parameterized<Uniform> {

    public Uniform {
        Parameter.finite("Uniform", "low", low);
        Parameter.finite("Uniform", "high", high);
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    "Uniform: expected low < high at a finite distance, got " + low + " and " + high);
        }
    }

    public static Uniform of(double low, double high) {
        return new Uniform(low, high);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.closed(low, high);
    }

    @Override
    public double logProb(double x) {
        return x < low || x > high ? Double.NEGATIVE_INFINITY : 0 * x - Math.log(high - low);
    }

    @Override
    public double gradient(double x) {
        return x >= low && x <= high ? 0 : Double.NaN;
    }

    @Override
    public double cdf(double x) {
        return x <= low ? 0 : x >= high ? 1 : (x - low) / (high - low);
    }

    @Override
    public double survival(double x) {
        return x <= low ? 1 : x >= high ? 0 : (high - x) / (high - low);
    }

    @Override
    public double quantile(double p) {
        return p >= 0 && p <= 1 ? between(p, 1 - p) : Double.NaN;
    }

    @Override
    public double survivalQuantile(double q) {
        return q >= 0 && q <= 1 ? between(1 - q, q) : Double.NaN;
    }

    /// From the nearer end, whose digits it keeps.
    private double between(double below, double above) {
        return below <= 0.5 ? low + (high - low) * below : high - (high - low) * above;
    }

    @Override
    public double sample(RandomGenerator random) {
        return random.nextDouble(low, high);
    }

    @Override
    public double mean() {
        return 0.5 * low + 0.5 * high;
    }

    @Override
    public double variance() {
        double width = high - low;
        return width * width / 12;
    }

    /// The middle: every point of the support has the same density.
    @Override
    public double mode() {
        return mean();
    }

    @Override
    public double entropy() {
        return Math.log(high - low);
    }

    @Override
    public double[] parameters() {
        return new double[] {low, high};
    }

    @Override
    public Constraint parameterSpace() {
        return new Ordered(2);
    }

    @Override
    public Uniform withParameters(double[] theta) {
        Parameter.length("Uniform", "parameters", theta, 2);
        return new Uniform(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Uniform", support(), x, gTheta)) {
            return;
        }
        double slope = 1 / (high - low);
        gTheta[0] = slope;
        gTheta[1] = -slope;
    }
}
