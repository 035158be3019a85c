/// Contract tests that every bijector, scalar map, conditioner, distribution and flow passes: extend one and
/// say in one line what to test.
@NullMarked
package io.fluvial.testkit;

import org.jspecify.annotations.NullMarked;
