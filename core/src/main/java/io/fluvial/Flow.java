package io.fluvial;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// A normalizing flow, described: a bijector from data to latent and the base distribution of the latent,
///
///     log p(x | c) = log base(f(x; θ, c) | c) + log |det ∂f/∂x|   (nats, in the units of x).
///
/// Add numbers with [#initialize] and it answers questions as a [FlowModel].
///
/// @param bijector data → latent
/// @param base density of the latent
public record Flow(Bijector bijector, BaseDistribution base) {

    /// Refuses parts that do not fit and features that no layer transforms.
    public Flow {
        if (bijector.dim() != base.dim()) {
            throw new IllegalArgumentException(
                    "the bijector has " + bijector.dim() + " features, the base distribution " + base.dim());
        }
        int c = bijector.contextDim();
        int b = base.contextDim();
        if (c != 0 && b != 0 && c != b) {
            throw new IllegalArgumentException(
                    "the bijector expects " + c + " context columns, the base distribution " + b);
        }
        FeatureTrace trace = new FeatureTrace(bijector.dim());
        bijector.trace(trace);
        List<Integer> missing = trace.untransformed();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "no layer transforms "
                            + missing.stream().map(j -> "feature " + j).collect(Collectors.joining(", "))
                            + ": alternate the masks or permute between couplings so that every feature is moved at least once");
        }
    }

    public int dim() {
        return bijector.dim();
    }

    public int contextDim() {
        return Math.max(bijector.contextDim(), base.contextDim());
    }

    /// For every feature the features that its term of the log-density looks at, itself included.
    ///
    /// @throws IllegalArgumentException where the log-density does not split into terms of features
    List<BitSet> dependences() {
        if (!base.factorizes()) {
            throw new IllegalArgumentException("the features of the base distribution " + base
                    + " are not independent: use a standard normal, as Flows.sameOrder does");
        }
        FeatureTrace trace = new FeatureTrace(dim()).following();
        bijector.trace(trace);
        List<BitSet> dependences = trace.dependences();
        for (int j = 0; j < dim(); j++) {
            for (int k = dependences.get(j).nextSetBit(0);
                    k >= 0;
                    k = dependences.get(j).nextSetBit(k + 1)) {
                if (k != j && dependences.get(k).get(j)) {
                    throw new IllegalArgumentException("features " + Math.min(j, k) + " and " + Math.max(j, k)
                            + " depend on each other in this flow: exact terms, marginals and conditionals need layers that"
                            + " all keep one order and nothing that mixes between, as in Flows.sameOrder");
                }
            }
        }
        return dependences;
    }

    /// The bijector's parameters, then the base's.
    public ParameterLayout parameters() {
        return ParameterLayout.builder()
                .addAll("bijector", bijector.parameters())
                .addAll("base", base.parameters())
                .build();
    }

    /// Starting parameters: random ones from the seed; layers that start from data see `samples`, one after the
    /// other.
    public Parameters initialize(Samples samples, Samples context, long seed) {
        check(samples, context);
        float[] theta = new float[parameters().size()];
        SplittableRandom random = new SplittableRandom(seed);
        bijector.initialize(theta, 0, random);
        base.initialize(theta, bijector.parameters().size(), random);
        if (samples.count() > 0) {
            bijector.initializeFrom(samples, context, theta, 0);
        }
        return Parameters.of(parameters(), theta);
    }

    /// Starting parameters without data: layers that start from data are left at the identity.
    public Parameters initialize(long seed) {
        float[][] none = new float[dim()][0];
        return initialize(Samples.wrap(none), Samples.wrap(new float[contextDim()][0]), seed);
    }

    /// Checks that samples and context fit this flow and each other.
    public void check(Samples samples, Samples context) {
        if (samples.dim() != dim()) {
            throw new IllegalArgumentException("samples have " + samples.dim() + " features, the flow has " + dim());
        }
        checkContext(context, samples.count());
    }

    void checkContext(Samples context, int count) {
        if (context.dim() != contextDim()) {
            throw new IllegalArgumentException(
                    "context has " + context.dim() + " columns, the flow expects " + contextDim() + " (contextDim)");
        }
        if (context.count() != count) {
            throw new IllegalArgumentException("context has " + context.count() + " rows, the samples " + count);
        }
    }
}
