/// Contract tests.
@NullMarked
package io.fluvial.testkit;

import org.jspecify.annotations.NullMarked;
