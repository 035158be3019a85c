package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What mixtures of numbers and of vectors share: weights, responsibilities and θ = (weights, parameters of every
/// component).
///
/// @param <D> type of the components
record Components<D extends Distribution>(Categorical weights, List<D> parts) {

    Components {
        if (weights.categories() != parts.size()) {
            throw new IllegalArgumentException(
                    "Mixture: " + weights.categories() + " weights for " + parts.size() + " components");
        }
        for (D part : parts) {
            D first = parts.getFirst();
            if (!part.shape().equals(first.shape())) {
                throw new IllegalArgumentException("Mixture: components of different shapes, " + first.shape() + " and "
                        + part.shape() + ": " + first + ", " + part);
            }
            if (part.support().isDiscrete() != first.support().isDiscrete()) {
                throw new IllegalArgumentException(
                        "Mixture: probabilities and densities do not add: " + first + ", " + part);
            }
        }
    }

    int size() {
        return parts.size();
    }

    double weight(int k) {
        return weights.probability(k);
    }

    /// log wₖ + log pₖ(x) for every k.
    double[] logJoint(double[] x) {
        double[] log = new double[size()];
        for (int k = 0; k < log.length; k++) {
            log[k] = weight(k) == 0
                    ? Double.NEGATIVE_INFINITY
                    : weights.logProbability(k) + parts.get(k).logProb(x);
        }
        return log;
    }

    double logProb(double[] x) {
        return LogSum.of(logJoint(x));
    }

    /// P(component k | x); NaN where x has no density.
    double[] responsibilities(double[] x) {
        double[] log = logJoint(x);
        double sum = LogSum.of(log);
        for (int k = 0; k < log.length; k++) {
            log[k] = Math.exp(log[k] - sum);
        }
        return log;
    }

    double[] parameters() {
        return Theta.of(weights.probabilities(), parts);
    }

    Constraint parameterSpace() {
        List<Constraint> own = new ArrayList<>();
        own.add(weights.parameterSpace());
        return Theta.space(own, parts);
    }

    Components<D> withParameters(double[] theta) {
        List<D> renewed = Theta.with("Mixture", parts, theta, size());
        return new Components<>(Categorical.of(Arrays.copyOf(theta, size())), List.copyOf(renewed));
    }

    /// By weights, ∂ log(Σ w p/Σ w)/∂wₖ = pₖ/p − 1 at Σ w = 1; by parameters of component k its own gradient times its
    /// responsibility.
    void parameterGradient(double[] x, double[] gTheta) {
        Parameter.length("Mixture", "a parameter gradient", gTheta, size() + Theta.size(parts));
        double[] responsibility = responsibilities(x);
        double log = logProb(x);
        int at = size();
        for (int k = 0; k < size(); k++) {
            gTheta[k] = Math.exp(parts.get(k).logProb(x) - log) - 1;
            for (double g : Theta.gradient(parts.get(k), x)) {
                gTheta[at++] = Double.isNaN(log) || log == Double.NEGATIVE_INFINITY
                        ? Double.NaN
                        : Chance.times(responsibility[k], g);
            }
        }
    }
}
