/// Benchmarks.
@NullMarked
package io.fluvial.benchmarks;

import org.jspecify.annotations.NullMarked;
