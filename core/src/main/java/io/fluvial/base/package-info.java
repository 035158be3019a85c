/// Floor 3: base distributions of the latent.
@NullMarked
package io.fluvial.base;

import org.jspecify.annotations.NullMarked;
