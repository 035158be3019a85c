package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The relaxed Bernoulli or binary concrete distribution: the logistic function of a logistic variable,
///
///     X = 1/(1 + exp(−(ℓ + Λ)/τ)),   P(X ≤ x) = 1/(1 + e⁻ʷ),   w = τ log x/(1 − x) − ℓ,   0 ≤ x ≤ 1,
///
/// so that P(X > ½) is the probability whose logit is ℓ. The smaller τ, the nearer draws are to 0 and 1 (and the more
/// round to them). Its logit is [#logitDistribution()], a distribution of its own. Source: Maddison et al. 2017,
/// arXiv:1611.00712, section 3.2 and appendix B, eq. (22).
///
/// Mean, variance and entropy have no closed form.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 2e-14 of themselves.
///
/// @param temperature τ > 0
/// @param logit ℓ
public record RelaxedBernoulli(double temperature, double logit)
        implements ScalarDistribution, Parameterized<RelaxedBernoulli> {

    public RelaxedBernoulli {
        Parameter.positive("RelaxedBernoulli", "temperature", temperature);
        Parameter.finite("RelaxedBernoulli", "logit", logit);
    }

    /// Temperature τ and the probability that X > ½, in (0, 1).
    public static RelaxedBernoulli of(double temperature, double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "RelaxedBernoulli: probability must be between 0 and 1, got " + probability);
        }
        return new RelaxedBernoulli(temperature, ContinuousBernoulli.logit(probability));
    }

    /// Temperature τ and the logit ℓ of the probability that X > ½.
    public static RelaxedBernoulli ofLogit(double temperature, double logit) {
        return new RelaxedBernoulli(temperature, logit);
    }

    /// The distribution of log X/(1 − X): logistic with location ℓ/τ and scale 1/τ. It never saturates.
    public Logistic logitDistribution() {
        return new Logistic(logit / temperature, 1 / temperature);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.UNIT;
    }

    private double w(double x) {
        return temperature * ContinuousBernoulli.logit(x) - logit;
    }

    @Override
    public double logProb(double x) {
        if (x < 0 || x > 1) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == 0 || x == 1) {
            double tilt = x == 0 ? -logit : logit;
            return temperature == 1 ? tilt : temperature < 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        double w = Math.abs(w(x));
        return Math.log(temperature) - w - 2 * Math.log1p(Math.exp(-w)) - Math.log(x) - Math.log1p(-x);
    }

    @Override
    public double gradient(double x) {
        if (!(x >= 0 && x <= 1)) {
            return Double.NaN;
        }
        return (2 * x - 1 - temperature * Math.tanh(0.5 * w(x))) / x / (1 - x);
    }

    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : x >= 1 ? 1 : Logistic.sigmoid(w(x));
    }

    @Override
    public double survival(double x) {
        return x <= 0 ? 1 : x >= 1 ? 0 : Logistic.sigmoid(-w(x));
    }

    @Override
    public double quantile(double p) {
        return Logistic.sigmoid(logitDistribution().quantile(p));
    }

    @Override
    public double survivalQuantile(double q) {
        return Logistic.sigmoid(logitDistribution().survivalQuantile(q));
    }

    @Override
    public double sample(RandomGenerator random) {
        return Logistic.sigmoid((logit + Logistic.standardDraw(random)) / temperature);
    }

    @Override
    public double mean() {
        throw none("mean");
    }

    @Override
    public double variance() {
        throw none("variance");
    }

    @Override
    public double entropy() {
        throw none("entropy");
    }

    private static UnsupportedOperationException none(String what) {
        return new UnsupportedOperationException("RelaxedBernoulli has no " + what
                + " in closed form: average over draws, or use the distribution of its logit");
    }

    /// For τ ≤ 1 an end; else where τ tanh(w/2) = tanh(z/2), z the logit of x, by bisection in z.
    @Override
    public double mode() {
        if (temperature <= 1) {
            return logit > 0 ? 1 : logit < 0 || temperature < 1 ? 0 : 0.5;
        }
        double centre = logit / temperature; // the left side is 0 here, and steeper than the right one
        double low = Math.min(0, centre) - 1;
        double high = Math.max(0, centre) + 1;
        while (rising(low)) {
            low -= high - low;
        }
        while (!rising(high)) {
            high += high - low;
        }
        for (int k = 0; k < 100; k++) {
            double middle = 0.5 * (low + high);
            if (rising(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Logistic.sigmoid(high);
    }

    /// Whether −log p rises in z.
    private boolean rising(double z) {
        return temperature * Math.tanh(0.5 * (temperature * z - logit)) >= Math.tanh(0.5 * z);
    }

    @Override
    public double[] parameters() {
        return new double[] {temperature, logit};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Interval.REAL);
    }

    @Override
    public RelaxedBernoulli withParameters(double[] theta) {
        Parameter.length("RelaxedBernoulli", "parameters", theta, 2);
        return new RelaxedBernoulli(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("RelaxedBernoulli", support(), x, gTheta)) {
            return;
        }
        double t = Math.tanh(0.5 * w(x[0]));
        gTheta[0] = 1 / temperature - ContinuousBernoulli.logit(x[0]) * t;
        gTheta[1] = t;
    }
}
