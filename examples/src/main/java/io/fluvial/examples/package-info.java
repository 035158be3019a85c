/// Small complete programs, one idea each.
@NullMarked
package io.fluvial.examples;

import org.jspecify.annotations.NullMarked;
