/// Makes the benchmark data sets of `docs/results.md` from their sources, by the recipes of the papers that report
/// them.
@NullMarked
package io.fluvial.examples.data;

import org.jspecify.annotations.NullMarked;
