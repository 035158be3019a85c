/// Kernels written with the Vector API.
@NullMarked
package io.fluvial.simd;

import org.jspecify.annotations.NullMarked;
