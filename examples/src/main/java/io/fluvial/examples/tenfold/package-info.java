/// Ten-fold cross-validation of a flow on a small table, by the protocol of Uria, Murray & Larochelle 2013
/// (arXiv:1306.0186, section 5.1).
@NullMarked
package io.fluvial.examples.tenfold;

import org.jspecify.annotations.NullMarked;
