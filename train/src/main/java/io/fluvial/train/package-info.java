/// Fitting flows to data.
@NullMarked
package io.fluvial.train;

import org.jspecify.annotations.NullMarked;
