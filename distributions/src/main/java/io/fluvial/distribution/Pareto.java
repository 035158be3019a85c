package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The Pareto distribution (type I): m e^(E/α) with E exponential,
///
///     p(x) = α mᵅ / xᵅ⁺¹,   x ≥ m .
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 2e-14 of themselves.
///
/// @param scale m > 0, the smallest value
/// @param alpha α > 0, the tail index
public record Pareto(double scale, double alpha) implements ScalarDistribution, Parameterized<Pareto> {

    public Pareto {
        Parameter.positive("Pareto", "scale", scale);
        Parameter.positive("Pareto", "alpha", alpha);
    }

    public static Pareto of(double scale, double alpha) {
        return new Pareto(scale, alpha);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.atLeast(scale);
    }

    @Override
    public double logProb(double x) {
        if (x < scale || x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return Math.log(alpha) - Math.log(scale) - (alpha + 1) * logRatio(x);
    }

    /// log(x/m), accurate near m.
    private double logRatio(double x) {
        return x < 2 * scale ? Math.log1p((x - scale) / scale) : Math.log(x) - Math.log(scale);
    }

    @Override
    public double gradient(double x) {
        return support().contains(x) ? -(alpha + 1) / x : Double.NaN;
    }

    @Override
    public double cdf(double x) {
        return x < scale ? 0 : -Math.expm1(-alpha * logRatio(x));
    }

    @Override
    public double survival(double x) {
        return x < scale ? 1 : Math.exp(-alpha * logRatio(x));
    }

    @Override
    public double quantile(double p) {
        return p >= 0 && p <= 1 ? scale * Math.exp(-Math.log1p(-p) / alpha) : Double.NaN;
    }

    @Override
    public double survivalQuantile(double q) {
        return q >= 0 && q <= 1 ? scale * Math.exp(-Math.log(q) / alpha) : Double.NaN;
    }

    /// For α below 1/20 a draw may be the largest double, in place of what lies beyond.
    @Override
    public double sample(RandomGenerator random) {
        return Math.min(scale * Math.exp(random.nextExponential() / alpha), Double.MAX_VALUE);
    }

    @Override
    public double mean() {
        return alpha > 1 ? scale * (alpha / (alpha - 1)) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double variance() {
        if (alpha <= 2) {
            return Double.POSITIVE_INFINITY;
        }
        double relative = scale / (alpha - 1);
        return relative * relative * (alpha / (alpha - 2));
    }

    @Override
    public double mode() {
        return scale;
    }

    @Override
    public double entropy() {
        return Math.log(scale) - Math.log(alpha) + 1 + 1 / alpha;
    }

    @Override
    public double[] parameters() {
        return new double[] {scale, alpha};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Interval.POSITIVE);
    }

    @Override
    public Pareto withParameters(double[] theta) {
        Parameter.length("Pareto", "parameters", theta, 2);
        return new Pareto(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Pareto", support(), x, gTheta)) {
            return;
        }
        gTheta[0] = alpha / scale;
        gTheta[1] = 1 / alpha - logRatio(x[0]);
    }
}
