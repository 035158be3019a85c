package io.fluvial;

/// The exact density of the other features given some, p(x_B | x_A, c) = p(x | c) / p(x_A | c), and draws from it.
/// Made by [FlowModel#conditional].
///
/// A density costs what a density of all features costs, a draw one pass in each direction.
public final class Conditional {

    private final FlowModel model;
    private final FeatureSet given;

    private Conditional(FlowModel model, FeatureSet given) {
        this.model = model;
        this.given = given;
    }

    static Conditional of(FlowModel model, int... given) {
        if (given.length == model.dim()) {
            throw new IllegalArgumentException(
                    "all " + given.length + " features are given: nothing is left to ask for");
        }
        return new Conditional(model, FeatureSet.of(model.flow(), given));
    }

    /// log p(x_B | x_A) of every sample, nats.
    public double[] logProb(Samples x) {
        return logProb(x, Samples.none(x.count()));
    }

    /// log p(x_B | x_A, c) of every sample, nats.
    ///
    /// @param x all features, in the order of the flow
    public double[] logProb(Samples x, Samples context) {
        model.flow().check(x, context);
        return given.sum(model.terms(x, context), true);
    }

    /// One draw for every row of given values.
    public Samples sample(Samples values, long seed) {
        return sample(values, Samples.none(values.count()), seed);
    }

    /// One draw for every row of given values and context.
    ///
    /// @param values of the given features, in the order in which they were named
    /// @return all features: the given ones as they were, the others drawn
    public Samples sample(Samples values, Samples context, long seed) {
        Samples all = given.complete(values);
        model.flow().check(all, context);
        return model.resample(all, given.set(), context, seed);
    }
}
