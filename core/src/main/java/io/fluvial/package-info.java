/// The centre.
@NullMarked
package io.fluvial;

import org.jspecify.annotations.NullMarked;
