/// Model files and tables.
@NullMarked
package io.fluvial.io;

import org.jspecify.annotations.NullMarked;
