/// Probability distributions in double precision: density, gradients, draws, moments, and for one
/// number also distribution function and quantiles.
///
/// Start at [io.fluvial.distribution.Distribution]; [io.fluvial.distribution.ScalarDistribution] is
/// a distribution of one number, [io.fluvial.distribution.MultivariateDistribution] one of a vector
/// or matrix. What a flow is trained with is its [io.fluvial.BaseDistribution]: float, in blocks.
@NullMarked
package io.fluvial.distribution;

import org.jspecify.annotations.NullMarked;
