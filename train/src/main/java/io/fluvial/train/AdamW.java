package io.fluvial.train;

/// The options of Adam with decoupled weight decay (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1; Loshchilov &
/// Hutter 2019, arXiv:1711.05101, algorithm 2). With `weightDecay` 0 it is Adam. Decay applies to weights (slices
/// named `weight`) only, never to biases, scales or free parameters.
///
/// @param rate step size α
/// @param beta1 decay of the first moment
/// @param beta2 decay of the second moment
/// @param epsilon added to the root of the second moment
/// @param weightDecay λ: a weight shrinks by rate · λ per step
public record AdamW(double rate, double beta1, double beta2, double epsilon, double weightDecay) {

    public AdamW {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the learning rate must be positive, got " + rate);
        }
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("Adam's betas must be in [0, 1), got " + beta1 + " and " + beta2);
        }
        if (!(epsilon > 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "epsilon must be positive and weight decay not negative, got " + epsilon + " and " + weightDecay);
        }
    }

    /// Adam with the paper's defaults.
    public static AdamW adam(double rate) {
        return new AdamW(rate, 0.9, 0.999, 1e-8, 0);
    }

    public AdamW withRate(double rate) {
        return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
    }

    public AdamW withWeightDecay(double weightDecay) {
        return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
    }

    public AdamW withBetas(double beta1, double beta2) {
        return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
    }
}
