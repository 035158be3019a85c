/// Floor 4: ready-made architectures, functions that return a [io.fluvial.Flow].
@NullMarked
package io.fluvial.flows;

import org.jspecify.annotations.NullMarked;
