/// Normalizing flows for the JVM: exact densities fitted to data.
@NullMarked
package io.fluvial;

import org.jspecify.annotations.NullMarked;
