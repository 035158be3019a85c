package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The exponential of a normal,
///
///     p(x) = exp(−z²/2)/(x σ √(2π)),   z = (log x − μ)/σ,   x > 0 .
///
/// Mean exp(μ + σ²/2), variance (exp(σ²) − 1) exp(2μ + σ²). Accuracy as [Normal]'s, with the rounding of log x
/// before it.
///
/// @param location μ, the mean of log X
/// @param scale σ > 0, the deviation of log X
public record LogNormal(double location, double scale) implements ScalarDistribution, Parameterized<LogNormal> {

    public LogNormal {
        Parameter.finite("LogNormal", "location", location);
        Parameter.positive("LogNormal", "scale", scale);
    }

    public static LogNormal of(double location, double scale) {
        return new LogNormal(location, scale);
    }

    private Normal ofLog() {
        return new Normal(location, scale);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.POSITIVE;
    }

    @Override
    public double logProb(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
            return Double.isNaN(x) ? x : Double.NEGATIVE_INFINITY;
        }
        double log = Math.log(x);
        return ofLog().logProb(log) - log;
    }

    @Override
    public double gradient(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        double z = (Math.log(x) - location) / scale;
        return -(1 + z / scale) / x;
    }

    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : ofLog().cdf(Math.log(x));
    }

    @Override
    public double survival(double x) {
        return x <= 0 ? 1 : ofLog().survival(Math.log(x));
    }

    @Override
    public double quantile(double p) {
        return Math.exp(ofLog().quantile(p));
    }

    @Override
    public double survivalQuantile(double q) {
        return Math.exp(ofLog().survivalQuantile(q));
    }

    @Override
    public double sample(RandomGenerator random) {
        return Interval.POSITIVE.nearest(Math.exp(ofLog().sample(random)));
    }

    @Override
    public double mean() {
        return Math.exp(location + 0.5 * scale * scale);
    }

    @Override
    public double variance() {
        double square = scale * scale;
        return Math.expm1(square) * Math.exp(2 * location + square);
    }

    @Override
    public double mode() {
        return Math.exp(location - scale * scale);
    }

    @Override
    public double entropy() {
        return location + ofLog().entropy();
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
    public LogNormal withParameters(double[] theta) {
        Parameter.length("LogNormal", "parameters", theta, 2);
        return new LogNormal(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("LogNormal", support(), x, gTheta)) {
            return;
        }
        double z = (Math.log(x[0]) - location) / scale;
        gTheta[0] = z / scale;
        gTheta[1] = (z * z - 1) / scale;
    }
}
