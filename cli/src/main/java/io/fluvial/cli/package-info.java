/// The command line.
@NullMarked
package io.fluvial.cli;

import org.jspecify.annotations.NullMarked;
