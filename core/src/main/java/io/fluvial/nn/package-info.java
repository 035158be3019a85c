/// Floor 2: conditioners – networks from what is known to the parameters of scalar maps and base distributions.
@NullMarked
package io.fluvial.nn;

import org.jspecify.annotations.NullMarked;
