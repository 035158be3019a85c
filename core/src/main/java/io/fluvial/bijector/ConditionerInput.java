package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.internal.Rows;

/// Moves [chosen features | context] into a conditioner's input and its cotangents back.
///
/// This copies `inputDim` rows where the network multiplies `inputDim × width`: measured, it disappears.
final class ConditionerInput {

    /// The first buffer number that holds a feature number.
    static final int FEATURES = 2;

    private ConditionerInput() {}

    /// @param features how many features feed the network; number k of them stands in buffer `FEATURES + k` of the
    /// pass
    static void gather(Pass p, int features, int end, int contextDim, int in) {
        float[] d = p.data();
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            System.arraycopy(d, end + p.buffer(FEATURES + k) * lanes, d, in + k * lanes, p.active());
        }
        Rows.copy(d, p.block().context(), in + features * lanes, contextDim, lanes, p.active());
    }

    /// Adds the input's cotangents to those of the features at `end` and of the context.
    static void scatter(Pass p, Pullback g, int features, int end, int contextDim, int in) {
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            Rows.add(g.data(), in + k * lanes, end + p.buffer(FEATURES + k) * lanes, 1, lanes, p.active());
        }
        Rows.add(g.data(), in + features * lanes, p.block().context(), contextDim, lanes, p.active());
    }
}
