package io.fluvial;

import java.util.random.RandomGenerator;

/// An invertible map y = f(x; θ, c) of `dim` features with its log-determinant: the building block of a flow.
///
/// | at a flow | `forward` | `inverse` |
/// |---|---|---|
/// | goes from | data x | latent y |
/// | to | latent y | data x |
/// | torch.distributions, TFP, FlowJAX call it | inverse | forward |
///
/// A bijector is an immutable description (a record of numbers, enums, lists and other records). It keeps no state:
/// its numbers θ are a slice of the flow's flat parameter array, its buffers are a [Pass]. It knows no loss:
/// pullbacks take the cotangents of both results, y and ℓ.
///
/// ℓ always means log |det ∂y/∂x| in nats, whichever end was filled.
public interface Bijector {

    /// Number of features at either end.
    int dim();

    /// Number of conditioning inputs c that this map reads; 0 for none.
    int contextDim();

    /// Names and sizes of θ.
    ParameterLayout parameters();

    /// Reserves buffers. The default suits maps that need none but their ends.
    ///
    /// @param x where `[dim × lanes]` toward the data stands
    /// @param y where `[dim × lanes]` toward the latent stands, never overlapping x
    /// @param theta where this map's parameters start in the flow's
    default Pass place(Workspace w, int x, int y, int theta) {
        return w.pass(x, y, theta);
    }

    /// Fills y from x and adds ℓ.
    void forward(Pass p);

    /// Fills x from y and adds ℓ – the same ℓ, log |det ∂y/∂x| at the x found.
    void inverse(Pass p);

    /// Pulls (gY, gℓ) back along `forward` to gX: for every sample gX = gY · ∂y/∂x + gℓ · ∂ℓ/∂x. Adds to gContext
    /// and gθ. gX is *overwritten*, gY may be.
    void forwardVjp(Pass p, Pullback g);

    /// Pulls (gX, gℓ) back along `inverse` to gY. Adds to gContext and gθ. gY is *overwritten*, gX may be.
    ///
    /// Derived from the forward pullback V by the implicit function theorem: gY solves V(−gY, gℓ).x = −gX, and
    /// gθ = V(−gY, gℓ).θ. The default does so with `dim + 2` forward pullbacks and a dense solve per sample, and
    /// allocates; every shipped bijector overrides it. It is the oracle their overrides are tested against.
    default void inverseVjp(Pass p, Pullback g) {
        InversePullback.solve(this, p, g);
    }

    /// Writes starting values into `theta[at ..)`, which is zero before. Every shipped bijector starts near the
    /// identity.
    default void initialize(float[] theta, int at, RandomGenerator random) {}

    /// Sets parameters that start from data (standardisation, ActNorm, whitening), once, before training.
    ///
    /// @param x samples as they arrive at this map. *Read.*
    /// @param context their conditioning inputs, `context.dim() == contextDim` of the flow. *Read.*
    /// @param theta the flow's parameters, those of this map from `at`. *Overwritten* in part.
    default void initializeFrom(Samples x, Samples context, float[] theta, int at) {}

    /// The same for a map that is used the other way round, by an [io.fluvial.bijector.Inverted]: `inverse` is to do
    /// with these samples what `forward` does after [#initializeFrom]. The default leaves the start as it is; a map
    /// that overrides the one should override the other.
    ///
    /// @param y samples as they arrive at the latent end. *Read.*
    /// @param context as there. *Read.*
    /// @param theta as there. *Overwritten* in part.
    default void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {}

    /// Tells which features this map transforms, so that a flow can refuse to leave one out. The default says: all.
    default void trace(FeatureTrace trace) {
        trace.mixAll();
    }
}
