/// Benchmarks of the training step, in the package of what they measure because its parts are package-private.
@NullMarked
package io.fluvial.train;

import org.jspecify.annotations.NullMarked;
