package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import java.util.List;
import java.util.random.RandomGenerator;

/// A distribution that first picks a component by its weight, then draws from it:
///
///     p(x) = Σ wₖ pₖ(x) ,
///
/// of components of one shape, all with densities or all discrete; they need not be of one family. log p is a stable
/// log-sum-exp, gradients are those of the components weighed by their responsibilities. θ is (w, θ₁, …, θ_K), w on the
/// simplex; components that are not [Parameterized] are fixed. Weights are divided by their sum.
///
/// Of numbers it is a [ScalarMixture], with distribution function and quantiles.
public final class Mixture implements MultivariateDistribution, Parameterized<Mixture> {

    private final Components<Distribution> components;
    private final Constraint support;

    private Mixture(Components<Distribution> components) {
        this.components = components;
        support = AnyOf.of(components.parts());
    }

    /// @param weights one for each component, none negative, with a positive sum; *Read*
    public static Mixture of(double[] weights, Distribution... components) {
        return new Mixture(new Components<>(Categorical.of(weights), List.of(components)));
    }

    /// A mixture of numbers.
    ///
    /// @param weights one for each component, none negative, with a positive sum; *Read*
    public static ScalarMixture of(double[] weights, ScalarDistribution... components) {
        return new ScalarMixture(new Components<>(Categorical.of(weights), List.of(components)));
    }

    public double[] weights() {
        return components.weights().probabilities();
    }

    public List<Distribution> components() {
        return components.parts();
    }

    /// P(component k | x) for every k; NaN where x has no density.
    public double[] responsibilities(double[] x) {
        Events.one(x, shape());
        return components.responsibilities(x);
    }

    @Override
    public Constraint support() {
        return support;
    }

    @Override
    public double logProb(double[] x) {
        Events.one(x, shape());
        return components.logProb(x);
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        Events.one(x, shape());
        Events.one(gX, shape());
        double[] responsibility = responsibilities(x);
        double[] sum = new double[x.length];
        double[] own = new double[x.length];
        for (int k = 0; k < components.size(); k++) {
            if (responsibility[k] != 0) {
                components.parts().get(k).gradient(x, own);
                for (int j = 0; j < own.length; j++) {
                    sum[j] += responsibility[k] * own[j];
                }
            }
        }
        System.arraycopy(sum, 0, gX, 0, sum.length);
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        Events.one(x, shape());
        components.parts().get((int) components.weights().sample(random)).sample(random, x);
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        double[] sum = new double[out.length];
        double[] own = new double[out.length];
        for (int k = 0; k < components.size(); k++) {
            components.parts().get(k).mean(own);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += Chance.times(components.weight(k), own[j]);
            }
        }
        System.arraycopy(sum, 0, out, 0, sum.length);
    }

    /// Σ wₖ (σₖ² + (μₖ − μ)²), the law of total variance.
    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        double[] mean = mean();
        double[] sum = new double[out.length];
        double[] center = new double[out.length];
        double[] spread = new double[out.length];
        for (int k = 0; k < components.size(); k++) {
            components.parts().get(k).mean(center);
            components.parts().get(k).variance(spread);
            for (int j = 0; j < sum.length; j++) {
                double off = center[j] - mean[j];
                sum[j] += Chance.times(components.weight(k), spread[j] + off * off);
            }
        }
        System.arraycopy(sum, 0, out, 0, sum.length);
    }

    /// @throws UnsupportedOperationException in more than one dimension there is no exact search
    @Override
    public void mode(double[] out) {
        throw new UnsupportedOperationException(
                "the mode of a mixture of vectors has no closed form: climb log p by its"
                        + " gradient from the mode of every component, and keep the highest");
    }

    /// @throws UnsupportedOperationException no closed form
    @Override
    public double entropy() {
        throw new UnsupportedOperationException("the entropy of a mixture of vectors has no closed form: take the mean"
                + " of −logProb over draws, it lies between Σ wₖ Hₖ and Σ wₖ Hₖ + H(w)");
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
    public Mixture withParameters(double[] theta) {
        return new Mixture(components.withParameters(theta));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        Events.one(x, shape());
        components.parameterGradient(x, gTheta);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mixture that && components.equals(that.components);
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
