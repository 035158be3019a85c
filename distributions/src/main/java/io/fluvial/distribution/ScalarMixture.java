package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/// A [Mixture] of numbers: distribution functions add as densities do; quantiles are searched, between the least and
/// the greatest of the components'.
public final class ScalarMixture implements ScalarDistribution, Parameterized<ScalarMixture> {

    private final Components<ScalarDistribution> components;
    private final ScalarConstraint support;

    ScalarMixture(Components<ScalarDistribution> components) {
        this.components = components;
        support = AnyOf.ofScalars(components.parts());
    }

    public double[] weights() {
        return components.weights().probabilities();
    }

    public List<ScalarDistribution> components() {
        return components.parts();
    }

    /// P(component k | x) for every k; NaN where x has no density.
    public double[] responsibilities(double x) {
        return components.responsibilities(new double[] {x});
    }

    @Override
    public ScalarConstraint support() {
        return support;
    }

    @Override
    public double logProb(double x) {
        return components.logProb(new double[] {x});
    }

    @Override
    public double gradient(double x) {
        if (support.isDiscrete()) {
            throw WholeNumbers.noGradient(this);
        }
        double[] responsibility = responsibilities(x);
        double sum = 0;
        for (int k = 0; k < components.size(); k++) {
            if (responsibility[k] != 0) {
                sum += responsibility[k] * components.parts().get(k).gradient(x);
            }
        }
        return sum;
    }

    private interface OfPart {
        double value(ScalarDistribution part);
    }

    private double sum(OfPart f) {
        double sum = 0;
        for (int k = 0; k < components.size(); k++) {
            if (components.weight(k) != 0) {
                sum += components.weight(k) * f.value(components.parts().get(k));
            }
        }
        return sum;
    }

    @Override
    public double cdf(double x) {
        return Math.min(1, sum(part -> part.cdf(x)));
    }

    @Override
    public double survival(double x) {
        return Math.min(1, sum(part -> part.survival(x)));
    }

    @Override
    public double quantile(double p) {
        return p == 0 || p == 1 ? end(p == 1) : QuantileSearch.lower(this, p);
    }

    @Override
    public double survivalQuantile(double q) {
        return q == 0 || q == 1 ? end(q == 0) : QuantileSearch.upper(this, q);
    }

    /// The outermost end of any component's support.
    private double end(boolean upper) {
        double end = Double.NaN;
        for (int k = 0; k < components.size(); k++) {
            if (components.weight(k) != 0) {
                double own = components.parts().get(k).quantile(upper ? 1 : 0);
                end = Double.isNaN(end) ? own : upper ? Math.max(end, own) : Math.min(end, own);
            }
        }
        return end;
    }

    @Override
    public double sample(RandomGenerator random) {
        return components.parts().get((int) components.weights().sample(random)).sample(random);
    }

    @Override
    public double mean() {
        return sum(ScalarDistribution::mean);
    }

    /// Σ wₖ (σₖ² + (μₖ − μ)²), the law of total variance.
    @Override
    public double variance() {
        double mean = mean();
        return sum(part -> part.variance() + (part.mean() - mean) * (part.mean() - mean));
    }

    /// By search: between the least and the greatest mode of the components, which holds the highest point where these
    /// have one hump each. See [MixtureMode].
    @Override
    public double mode() {
        return MixtureMode.of(this, components.parts());
    }

    /// Discrete: by summation. With a density: by adaptive quadrature over the quantiles of every component, to about
    /// 1e-10 where the components are smooth, also where they rise to infinity at an end. See
    /// [LogExpectation].
    @Override
    public double entropy() {
        return support.isDiscrete()
                ? WholeNumbers.entropy(this, 0, 0)
                : sum(part -> LogExpectation.of(part, x -> -logProb(x)));
    }

    @Override
    public double[] parameters() {
        return components.parameters();
    }

    @Override
    public Constraint parameterSpace() {
        return components.parameterSpace();
    }

    @Override
    public ScalarMixture withParameters(double[] theta) {
        return new ScalarMixture(components.withParameters(theta));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        Events.one(x, Shape.SCALAR);
        components.parameterGradient(x, gTheta);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScalarMixture that && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    @Override
    public String toString() {
        return "Mixture[weights=" + components.weights() + ", components=" + components.parts() + "]";
    }
}
