package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.TSampler;

/// Student's t distribution with location and scale,
///
///     p(x) = Γ((ν + 1)/2) / (Γ(ν/2) √(πν) σ) · (1 + z²/ν)^−(ν+1)/2,   z = (x − μ)/σ .
///
/// The mean is NaN for ν ≤ 1, where it does not exist; so is the variance, which is infinite for 1 < ν ≤ 2.
/// All degrees of freedom from 0.1 to 1e300 keep their digits: the normalisation by [HalfStep].
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 2e-13 of themselves.
///
/// @param degreesOfFreedom ν > 0
/// @param location μ, the median
/// @param scale σ > 0; not the standard deviation
public record StudentT(double degreesOfFreedom, double location, double scale)
        implements ScalarDistribution, Parameterized<StudentT> {

    public StudentT {
        Parameter.positive("StudentT", "degreesOfFreedom", degreesOfFreedom);
        Parameter.finite("StudentT", "location", location);
        Parameter.positive("StudentT", "scale", scale);
    }

    public static StudentT of(double degreesOfFreedom, double location, double scale) {
        return new StudentT(degreesOfFreedom, location, scale);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.REAL;
    }

    @Override
    public double logProb(double x) {
        double nu = degreesOfFreedom;
        double z = (x - location) / scale;
        return HalfStep.log(0.5 * nu)
                - Normal.HALF_LOG_TWO_PI
                - Math.log(scale)
                - 0.5 * (nu + 1) * Cauchy.logOnePlusSquare(z / Math.sqrt(nu));
    }

    @Override
    public double gradient(double x) {
        if (!support().contains(x)) {
            return Double.NaN;
        }
        double z = (x - location) / scale;
        double root = Math.sqrt(degreesOfFreedom);
        return -0.5 * (degreesOfFreedom + 1) * Cauchy.slope(z / root) / root / scale;
    }

    @Override
    public double cdf(double x) {
        double z = (x - location) / scale;
        return z <= 0 ? tail(z) : 1 - tail(z);
    }

    @Override
    public double survival(double x) {
        double z = (x - location) / scale;
        return z >= 0 ? tail(z) : 1 - tail(z);
    }

    /// P(T > |z|) = ½ I(ν/(ν + z²); ν/2, ½) (Abramowitz and Stegun 1964, 26.7.1), from whichever side keeps digits.
    private double tail(double z) {
        if (Double.isNaN(z)) {
            return z;
        }
        double nu = degreesOfFreedom;
        double s = Math.abs(z) / Math.sqrt(nu);
        if (s < 1e70) {
            double odds = s * s;
            return 0.5 * BetaKernel.cdf(0.5 * nu, 0.5, 1 / (1 + odds), odds / (1 + odds));
        }
        // the first term of the series in r²: r^ν/(ν B(ν/2, ½)), and B = √(π/x) e^−c(x) at x = ν/2
        double logBeta = 0.5 * Math.log(Math.PI / (0.5 * nu)) - HalfStep.log(0.5 * nu);
        return Math.exp(-nu * Math.log(s) - Math.log(nu) - logBeta);
    }

    @Override
    public double sample(RandomGenerator random) {
        return Interval.REAL.nearest(location + scale * sampler(random).sample());
    }

    @Override
    public void sample(RandomGenerator random, double[] x, int lanes) {
        Events.checked(x, shape(), lanes);
        TSampler sampler = sampler(random);
        for (int i = 0; i < lanes; i++) {
            x[i] = Interval.REAL.nearest(location + scale * sampler.sample());
        }
    }

    private TSampler sampler(RandomGenerator random) {
        return TSampler.of(random::nextLong, degreesOfFreedom);
    }

    @Override
    public double mean() {
        return degreesOfFreedom > 1 ? location : Double.NaN;
    }

    @Override
    public double variance() {
        double nu = degreesOfFreedom;
        if (nu <= 2) {
            return nu > 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return scale * scale * (nu / (nu - 2));
    }

    @Override
    public double mode() {
        return location;
    }

    /// (ν + 1)/2 · (ψ((ν + 1)/2) − ψ(ν/2)) − c(ν/2) + ½ log 2π + log σ.
    @Override
    public double entropy() {
        double x = 0.5 * degreesOfFreedom;
        double step = HalfStep.slope(x) + 0.5 / x;
        return (x + 0.5) * step - HalfStep.log(x) + Normal.HALF_LOG_TWO_PI + Math.log(scale);
    }

    @Override
    public double[] parameters() {
        return new double[] {degreesOfFreedom, location, scale};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Interval.REAL, Interval.POSITIVE);
    }

    @Override
    public StudentT withParameters(double[] theta) {
        Parameter.length("StudentT", "parameters", theta, 3);
        return new StudentT(theta[0], theta[1], theta[2]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("StudentT", support(), x, gTheta)) {
            return;
        }
        double nu = degreesOfFreedom;
        double z = (x[0] - location) / scale;
        double root = Math.sqrt(nu);
        double s = z / root;
        double slope = 0.5 * (nu + 1) * Cauchy.slope(s) / root; // −∂log p/∂z
        double u = s * s;
        // log(1 + u) − u/(1 + u), the part that cancels for small u
        double remainder = u < 1e100 ? u * u * LogRemainder.ratio(u) : Cauchy.logOnePlusSquare(s) - 1;
        gTheta[0] = 0.5 * (HalfStep.slope(0.5 * nu) - remainder + 0.5 * s * Cauchy.slope(s) / nu);
        gTheta[1] = slope / scale;
        gTheta[2] = (z * slope - 1) / scale;
    }
}
