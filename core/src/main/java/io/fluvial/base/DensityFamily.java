package io.fluvial.base;

import java.util.random.RandomGenerator;

/// A family of densities p(x; φ): mathematics and shape, no numbers. [Parametric] makes a distribution of it,
/// with φ trainable or computed from the context. A user's own family is one record with these methods.
///
/// Buffers are rows of lanes in one array: x `[dim × lanes]`, φ `[parameterCount × lanes]`, row k at `at + k *
/// stride`. Every φ is valid: a family bounds its scales itself.
public interface DensityFamily {

    int dim();

    /// Number of parameters φ, for all features together.
    int parameterCount();

    /// Adds log p(x; φ), nats, to `logProb[0 .. n)`: −∞ outside the support, NaN where x has a NaN.
    ///
    /// @param d holds x and φ. *Read*
    /// @param logProb one sum per lane. *Added to*
    void logProb(float[] d, int x, int phi, int stride, double[] logProb, int n);

    /// Pulls gℓ back: gX = gℓ · ∂log p/∂x and gφ = gℓ · ∂log p/∂φ.
    ///
    /// @param d holds x and φ. *Read*
    /// @param g cotangents at the same offsets. *Overwritten* at x and φ
    /// @param gLogProb one per lane. *Read*
    void logProbVjp(float[] d, float[] g, float[] gLogProb, int x, int phi, int stride, int n);

    /// Fills x with independent draws, lane after lane, exact up to the rounding of floats.
    ///
    /// @param d holds φ. *Read* at φ, *overwritten* at x
    void sample(float[] d, int x, int phi, int stride, int n, RandomGenerator random);

    /// Writes the φ to start training from into `phi[at ..)`, which is zero before.
    default void initialize(float[] phi, int at, RandomGenerator random) {}
}
