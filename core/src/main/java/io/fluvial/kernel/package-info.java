/// Floor 0: the few loops that all time goes into, over arrays, offsets and lengths.
///
/// [io.fluvial.kernel.Kernels] is the whole list. The scalar implementation in this package is the reference; the
/// module `io.fluvial.simd` provides vector kernels that must equal it.
@NullMarked
package io.fluvial.kernel;

import org.jspecify.annotations.NullMarked;
