/// Kernels written with the Vector API: equal to the scalar ones of `io.fluvial.kernel` within rounding,
/// several times as fast. Start at [io.fluvial.simd.VectorKernels]; the README beside the module has the
/// reasons and the numbers.
@NullMarked
package io.fluvial.simd;

import org.jspecify.annotations.NullMarked;
