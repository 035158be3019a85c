package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/// The normal distribution,
///
///     p(x) = exp(−z²/2) / (σ √(2π)),   z = (x − μ)/σ .
///
/// Golden values: mpmath, 30 digits. Density and entropy to a few ulp; cdf and survival to 1e-15 relative down to
/// 1e-300.
///
/// @param mean μ
/// @param scale σ > 0, the standard deviation
public record Normal(double mean, double scale) implements ScalarDistribution, Parameterized<Normal> {

    static final double HALF_LOG_TWO_PI = 0.918938533204672741780329736406;
    private static final double SQRT_HALF = Math.sqrt(0.5);

    public Normal {
        Parameter.finite("Normal", "mean", mean);
        Parameter.positive("Normal", "scale", scale);
    }

    public static Normal of(double mean, double scale) {
        return new Normal(mean, scale);
    }

    /// Mean 0, scale 1.
    public static Normal standard() {
        return new Normal(0, 1);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.REAL;
    }

    @Override
    public double logProb(double x) {
        double z = (x - mean) / scale;
        return -0.5 * z * z - HALF_LOG_TWO_PI - Math.log(scale);
    }

    @Override
    public double gradient(double x) {
        if (!support().contains(x)) {
            return Double.NaN;
        }
        return (mean - x) / scale / scale; // two divisions: σ² may not be a double
    }

    @Override
    public double cdf(double x) {
        return 0.5 * Erfc.value((mean - x) / scale * SQRT_HALF);
    }

    @Override
    public double survival(double x) {
        return 0.5 * Erfc.value((x - mean) / scale * SQRT_HALF);
    }

    @Override
    public double quantile(double p) {
        return p >= 0 && p <= 1 ? mean - scale * InverseErfc.value(2 * p) / SQRT_HALF : Double.NaN;
    }

    @Override
    public double survivalQuantile(double q) {
        return q >= 0 && q <= 1 ? mean + scale * InverseErfc.value(2 * q) / SQRT_HALF : Double.NaN;
    }

    @Override
    public double sample(RandomGenerator random) {
        return Interval.REAL.nearest(mean + scale * random.nextGaussian());
    }

    @Override
    public double variance() {
        return scale * scale;
    }

    @Override
    public double mode() {
        return mean;
    }

    @Override
    public double entropy() {
        return 0.5 + HALF_LOG_TWO_PI + Math.log(scale);
    }

    @Override
    public double[] parameters() {
        return new double[] {mean, scale};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.REAL, Interval.POSITIVE);
    }

    @Override
    public Normal withParameters(double[] theta) {
        Parameter.length("Normal", "parameters", theta, 2);
        return new Normal(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Normal", support(), x, gTheta)) {
            return;
        }
        double z = (x[0] - mean) / scale;
        gTheta[0] = z / scale;
        gTheta[1] = (z * z - 1) / scale;
    }
}
