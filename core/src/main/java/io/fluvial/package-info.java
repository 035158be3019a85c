/// Normalizing flows.
@NullMarked
package io.fluvial;

import org.jspecify.annotations.NullMarked;
