package io.fluvial;

/// The exact density of some features of a flow, p(x_A | c) = ∫ p(x | c) dx_B, without an integral: the terms of the
/// features outside A integrate to one. Made by [FlowModel#marginal].
///
/// Costs what a density of all features costs.
public final class Marginal {

    private final FlowModel model;
    private final FeatureSet features;

    private Marginal(FlowModel model, FeatureSet features) {
        this.model = model;
        this.features = features;
    }

    static Marginal of(FlowModel model, int... features) {
        if (features.length == 0) {
            throw new IllegalArgumentException("a marginal needs at least 1 feature");
        }
        return new Marginal(model, FeatureSet.of(model.flow(), features));
    }

    public int dim() {
        return features.size();
    }

    /// log p(x_A) of every sample, nats.
    public double[] logProb(Samples x) {
        return logProb(x, Samples.none(x.count()));
    }

    /// log p(x_A | c) of every sample, nats.
    ///
    /// @param x values of the features A, in the order in which they were named
    public double[] logProb(Samples x, Samples context) {
        Samples all = features.complete(x);
        model.flow().check(all, context);
        return features.sum(model.terms(all, context), false);
    }

    /// `count` independent draws of the features A from an unconditional flow.
    public Samples sample(int count, long seed) {
        return features.of(model.sample(count, seed));
    }

    /// One draw for every row of the context.
    public Samples sample(Samples context, long seed) {
        return features.of(model.sample(context, seed));
    }
}
