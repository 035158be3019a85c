/// Floor 2: scalar maps y = f(x; φ), each written once for couplings, elementwise and conditional layers.
@NullMarked
package io.fluvial.scalar;

import org.jspecify.annotations.NullMarked;
