/// Invertible maps with known Jacobians, in double precision, and the registry that leads from free
/// numbers into any constraint.
///
/// Start at [io.fluvial.transform.Transform]; [io.fluvial.transform.ScalarTransform] for maps of one
/// number; [io.fluvial.transform.Constraints] for the registry.
@NullMarked
package io.fluvial.transform;

import org.jspecify.annotations.NullMarked;
