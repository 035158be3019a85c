/// Floor 3: bijectors of whole samples – chains, couplings, autoregressive layers, permutations, normalisation, linear
/// maps.
@NullMarked
package io.fluvial.bijector;

import org.jspecify.annotations.NullMarked;
