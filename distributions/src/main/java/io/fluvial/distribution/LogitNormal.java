package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.transform.Sigmoid;
import java.util.random.RandomGenerator;

/// The sigmoid of a normal, on (0, 1),
///
///     p(x) = exp(−z²/2)/(x (1 − x) σ √(2π)),   z = (log(x/(1 − x)) − μ)/σ
///
/// (Aitchison & Shen 1980, Biometrika 67, 261–272, for two parts). Two modes where σ² > 2 and μ is near 0; then the one
/// on the side of μ is the higher. Mean, variance and entropy have no closed form: quadrature, about 1e-12.
///
/// `torch.distributions.LogisticNormal` is the vector of stick breaking instead.
///
/// @param location μ, the mean of the logit
/// @param scale σ > 0, the deviation of the logit
public record LogitNormal(double location, double scale) implements ScalarDistribution, Parameterized<LogitNormal> {

    private static final Sigmoid SIGMOID = new Sigmoid();
    private static final Interval SHARE = Interval.open(0, 1);

    public LogitNormal {
        Parameter.finite("LogitNormal", "location", location);
        Parameter.positive("LogitNormal", "scale", scale);
    }

    public static LogitNormal of(double location, double scale) {
        return new LogitNormal(location, scale);
    }

    private TransformedScalar transformed() {
        return new TransformedScalar(new Normal(location, scale), SIGMOID);
    }

    @Override
    public ScalarConstraint support() {
        return SHARE;
    }

    @Override
    public double logProb(double x) {
        return transformed().logProb(x);
    }

    @Override
    public double gradient(double x) {
        return transformed().gradient(x);
    }

    @Override
    public double cdf(double x) {
        return transformed().cdf(x);
    }

    @Override
    public double survival(double x) {
        return transformed().survival(x);
    }

    @Override
    public double quantile(double p) {
        return transformed().quantile(p);
    }

    @Override
    public double survivalQuantile(double q) {
        return transformed().survivalQuantile(q);
    }

    @Override
    public double sample(RandomGenerator random) {
        return SHARE.nearest(SIGMOID.forward(location + scale * random.nextGaussian()));
    }

    @Override
    public double mean() {
        return transformed().mean();
    }

    @Override
    public double variance() {
        return transformed().variance();
    }

    /// The outermost solution t of t = |μ| + σ² tanh(t/2): t − σ² tanh(t/2) is convex there, so that what lies below
    /// the
    /// solution is an interval from |μ| on and bisection finds its end.
    @Override
    public double mode() {
        double low = Math.abs(location);
        double high = low + scale * scale;
        for (int k = 0; k < 200 && low < high; k++) {
            double t = 0.5 * (low + high);
            if (t == low || t == high) {
                break;
            }
            if (t - Math.abs(location) <= scale * scale * Math.tanh(0.5 * t)) {
                low = t;
            } else {
                high = t;
            }
        }
        return SIGMOID.forward(location < 0 ? -low : low);
    }

    @Override
    public double entropy() {
        return transformed().entropy();
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
    public LogitNormal withParameters(double[] theta) {
        Parameter.length("LogitNormal", "parameters", theta, 2);
        return new LogitNormal(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("LogitNormal", support(), x, gTheta)) {
            return;
        }
        double z = (SIGMOID.inverse(x[0]) - location) / scale;
        gTheta[0] = z / scale;
        gTheta[1] = (z * z - 1) / scale;
    }
}
