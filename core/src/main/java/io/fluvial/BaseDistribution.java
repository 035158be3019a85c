package io.fluvial;

import java.util.random.RandomGenerator;

/// A base distribution of the latent: a density with a sampler, perhaps with parameters, perhaps given context.
///
/// Its pass has the point `[dim × lanes]` at x; y is not used.
public interface BaseDistribution {

    int dim();

    /// Number of conditioning inputs that the density reads; 0 for none.
    int contextDim();

    ParameterLayout parameters();

    /// Reserves buffers, as [Bijector#place].
    default Pass place(Workspace w, int x, int theta) {
        return w.pass(x, x, theta);
    }

    /// Adds log p(x | c), nats, to [Pass#logDet()]: −∞ outside the support, NaN where x has a NaN.
    void logProb(Pass p);

    /// Whether features are independent and [#logProb] adds the share of feature j to
    /// [Pass#logDet(int)]. A flow can then answer for some of its features, if its bijector
    /// permits.
    default boolean factorizes() {
        return false;
    }

    /// After [#logProb]: overwrites gX with gℓ · ∂log p/∂x; adds to gContext and gθ.
    void logProbVjp(Pass p, Pullback g);

    /// Fills x with independent draws, lane after lane, for [Block#count()] lanes.
    void sample(Pass p, RandomGenerator random);

    /// Writes starting values into `theta[at ..)`, which is zero before.
    default void initialize(float[] theta, int at, RandomGenerator random) {}
}
