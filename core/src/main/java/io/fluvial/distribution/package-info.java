/// Floor 3: base distributions of the latent.
@NullMarked
package io.fluvial.distribution;

import org.jspecify.annotations.NullMarked;
