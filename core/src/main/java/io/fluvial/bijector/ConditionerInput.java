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

    /// Copies features at `end` to the rows at `to`.
    ///
    /// @param features how many; number k of them stands in buffer `FEATURES + k` of the pass
    static void gather(Pass p, int features, int end, int to) {
        float[] d = p.data();
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            System.arraycopy(d, end + p.buffer(FEATURES + k) * lanes, d, to + k * lanes, p.active());
        }
    }

    /// Copies the context to the rows at `to`.
    static void gatherContext(Pass p, int contextDim, int to) {
        Rows.copy(p.data(), p.block().context(), to, contextDim, p.lanes(), p.active());
    }

    /// Adds the cotangents of the rows at `from` to those of the features at `end`.
    static void scatter(Pass p, Pullback g, int features, int end, int from) {
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            Rows.add(g.data(), from + k * lanes, end + p.buffer(FEATURES + k) * lanes, 1, lanes, p.active());
        }
    }

    /// Adds the cotangents of the rows at `from` to those of the context.
    static void scatterContext(Pass p, Pullback g, int contextDim, int from) {
        Rows.add(g.data(), from, p.block().context(), contextDim, p.lanes(), p.active());
    }
}
