package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Ordered;
import io.fluvial.constraint.ScalarConstraint;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// An ordered category k = 0 … K − 1: the cutpoints c that a logistic number around η lies between,
///
///     P(X ≤ k) = σ(cₖ − η),   k = 0 … K − 2 ,
///
/// the cumulative-logit (proportional-odds) model. θ is (η, c). Differences of sigmoids are products here,
/// σ(b) − σ(a) = σ(b) σ(−a) (1 − e^(a−b)), so that narrow and far categories keep their digits.
///
/// Source: P. McCullagh, "Regression models for ordinal data", JRSS B 42, 1980, eq. (2.1).
public final class OrderedLogistic implements ScalarDistribution, Parameterized<OrderedLogistic> {

    private final double location;
    private final double[] cutpoints;
    private final Categorical categories;

    private OrderedLogistic(double location, double[] cutpoints) {
        this.location = location;
        this.cutpoints = cutpoints;
        double[] log = new double[cutpoints.length + 1];
        for (int k = 0; k < log.length; k++) {
            double low = lower(k);
            double high = upper(k);
            log[k] = -softplus(-high) - softplus(low) + Math.log(-Math.expm1(-width(k)));
        }
        categories = Categorical.ofLogits(log);
    }

    /// @param location η
    /// @param cutpoints K − 1 finite numbers, each above the one before; *Read*
    public static OrderedLogistic of(double location, double... cutpoints) {
        Parameter.finite("OrderedLogistic", "location", location);
        Parameter.atLeast("OrderedLogistic", "number of cutpoints", cutpoints.length, 1);
        for (int k = 0; k < cutpoints.length; k++) {
            Parameter.finite("OrderedLogistic", "cutpoint", cutpoints[k]);
            if (k > 0 && !(cutpoints[k - 1] < cutpoints[k])) {
                throw new IllegalArgumentException(
                        "OrderedLogistic: cutpoints must increase, got " + Arrays.toString(cutpoints));
            }
        }
        return new OrderedLogistic(location, cutpoints.clone());
    }

    public double location() {
        return location;
    }

    public double[] cutpoints() {
        return cutpoints.clone();
    }

    /// cₖ₋₁ − η, −∞ below the first.
    private double lower(int k) {
        return k == 0 ? Double.NEGATIVE_INFINITY : cutpoints[k - 1] - location;
    }

    /// cₖ − η, ∞ above the last.
    private double upper(int k) {
        return k == cutpoints.length ? Double.POSITIVE_INFINITY : cutpoints[k] - location;
    }

    /// cₖ − cₖ₋₁ without the rounding of the ends, ∞ for the outer categories.
    private double width(int k) {
        boolean outer = k == 0 || k == cutpoints.length;
        return outer ? Double.POSITIVE_INFINITY : cutpoints[k] - cutpoints[k - 1];
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public ScalarConstraint support() {
        return categories.support();
    }

    @Override
    public double logProb(double x) {
        return categories.logProb(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 0;
        }
        return x >= cutpoints.length ? 1 : Chance.ofLogit("OrderedLogistic", cutpoints[(int) x] - location);
    }

    @Override
    public double survival(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 1;
        }
        return x >= cutpoints.length ? 0 : Chance.ofLogit("OrderedLogistic", location - cutpoints[(int) x]);
    }

    @Override
    public double sample(RandomGenerator random) {
        return categories.sample(random);
    }

    @Override
    public double mean() {
        return categories.mean();
    }

    @Override
    public double variance() {
        return categories.variance();
    }

    @Override
    public double mode() {
        return categories.mode();
    }

    @Override
    public double entropy() {
        return categories.entropy();
    }

    /// The same distribution by its probabilities.
    public Categorical toCategorical() {
        return categories;
    }

    @Override
    public double[] parameters() {
        double[] theta = new double[cutpoints.length + 1];
        theta[0] = location;
        System.arraycopy(cutpoints, 0, theta, 1, cutpoints.length);
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.REAL, new Ordered(cutpoints.length));
    }

    @Override
    public OrderedLogistic withParameters(double[] theta) {
        Parameter.length("OrderedLogistic", "parameters", theta, cutpoints.length + 1);
        return of(theta[0], Arrays.copyOfRange(theta, 1, theta.length));
    }

    /// With b the upper and a the lower end of category k: ∂/∂b = σ(−b) + 1/(e^(b−a) − 1), ∂/∂a = −σ(a) − 1/(e^(b−a) −
    /// 1),
    /// ∂/∂η = σ(a) − σ(−b).
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("OrderedLogistic", support(), x, gTheta)) {
            return;
        }
        Arrays.fill(gTheta, 0);
        int k = (int) x[0];
        double above = Chance.ofLogit("OrderedLogistic", -upper(k));
        double below = Chance.ofLogit("OrderedLogistic", lower(k));
        double width = 1 / Math.expm1(width(k)); // 0 for the outer categories
        gTheta[0] = below - above;
        if (k < cutpoints.length) {
            gTheta[k + 1] = above + width;
        }
        if (k > 0) {
            gTheta[k] = -below - width;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderedLogistic that
                && location == that.location
                && Arrays.equals(cutpoints, that.cutpoints);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(location) + Arrays.hashCode(cutpoints);
    }

    @Override
    public String toString() {
        return "OrderedLogistic[location=" + location + ", cutpoints=" + Arrays.toString(cutpoints) + "]";
    }
}
