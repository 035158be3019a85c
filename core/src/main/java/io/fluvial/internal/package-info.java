/// Floor 0, not exported: small linear algebra, the normal distribution function, and the generic pullback of an
/// inverse.
@NullMarked
package io.fluvial.internal;

import org.jspecify.annotations.NullMarked;
