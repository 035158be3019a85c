/// Where values live: sets of numbers, vectors and matrices that say what is wrong with a value outside.
///
/// Start at [io.fluvial.constraint.Constraint]. What maps free numbers into such a set is in
/// `io.fluvial.transform`.
@NullMarked
package io.fluvial.constraint;

import org.jspecify.annotations.NullMarked;
