/// Normalizing flows: exact probability densities, fitted to data. The whole library in a page.
///
/// A [io.fluvial.Flow] describes a density by an invertible map f from data x to a latent z and a
/// simple density of z:
///
///     log p(x | c) = log base(f(x; θ, c) | c) + log |det ∂f/∂x|      nats, in the units of x
///
/// Three things stay three objects. The *description* – flow, [io.fluvial.Bijector],
/// [io.fluvial.ScalarBijector], [io.fluvial.Conditioner], [io.fluvial.BaseDistribution] – is made of
/// immutable records without numbers or state. The *numbers* θ are one flat array,
/// [io.fluvial.Parameters], with named slices, [io.fluvial.ParameterLayout]. The *buffers* are a
/// [io.fluvial.Block]: one array for everything that a block of samples needs on its way, in which
/// every layer's [io.fluvial.Pass] knows its places, and a [io.fluvial.Pullback], an array of the
/// same shape for the cotangents.
///
/// Lanes are samples: every buffer is `[features × lanes]`, the samples of one feature contiguous,
/// so that all kernels run along lanes. Work is cut in fixed blocks which threads take as they come
/// free; results do not depend on the number of threads.
///
/// `forward` goes from data to latent, `inverse` back; both leave a pass in the same state and add
/// the same ℓ = log |det ∂y/∂x|. `forwardVjp` pulls cotangents of (y, ℓ) back to x, parameters and
/// context; `inverseVjp` those of (x, ℓ) back to y – derived from the forward pullback by the
/// implicit function theorem, so that nobody writes it twice.
///
/// A [io.fluvial.FlowModel] is a flow with its numbers: `logProb`, `sample`, `toLatent`, `toData`,
/// `score`; where its layers keep one order also exact `marginal`, `conditional` and `logProbTerms`.
/// Its [io.fluvial.Scorer] takes one sample after the other, in microseconds.
///
/// | package | floor | what |
/// |---|---|---|
/// | `io.fluvial.kernel` | 0 | the loops that all time goes into; vectors: `io.fluvial.simd` |
/// | `io.fluvial` | 1 | this page |
/// | `io.fluvial.scalar`, `io.fluvial.nn` | 2 | maps of one number; networks |
/// | `io.fluvial.bijector`, `.distribution` | 3 | maps of whole samples; densities of the latent |
/// | `io.fluvial.flows` | 4 | ready-made architectures |
/// | `io.fluvial.train`, `io.fluvial.io` | 5 | fitting; files and tables (own modules) |
///
/// A floor looks only down.
@NullMarked
package io.fluvial;

import org.jspecify.annotations.NullMarked;
