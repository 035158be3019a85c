/// Other libraries in `fluvial bench`: `AffineFlow` writes a flow out as dense products, [LibTorch] and
/// [OnnxRuntime] compute it.
@NullMarked
package io.fluvial.peers;

import org.jspecify.annotations.NullMarked;
