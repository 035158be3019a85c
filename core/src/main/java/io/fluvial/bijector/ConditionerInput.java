package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.internal.Rows;

/// Moves [chosen features | context] into a conditioner's input and its cotangents back.
///
/// This passes over `inputDim` rows where the network multiplies `inputDim × width`: measured, it disappears.
final class ConditionerInput {

    /// The first buffer number that holds a feature number.
    static final int FEATURES = 2;

    private ConditionerInput() {}

    /// Writes what is seen of features at `end` to the rows at `to`.
    ///
    /// @param features how many; number k of them stands in buffer `FEATURES + k` of the pass
    /// @param bound of [InputBound]
    static void gather(Pass p, int features, int end, int to, double bound) {
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            InputBound.apply(bound, p.data(), end + p.buffer(FEATURES + k) * lanes, to + k * lanes, p.active());
        }
    }

    /// Copies the context to the rows at `to`.
    static void gatherContext(Pass p, int contextDim, int to) {
        Rows.copy(p.data(), p.block().context(), to, contextDim, p.lanes(), p.active());
    }

    /// Adds the cotangents of the rows at `from` to those of the features at `end`.
    static void scatter(Pass p, Pullback g, int features, int end, int from, double bound) {
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            int row = end + p.buffer(FEATURES + k) * lanes;
            InputBound.vjp(bound, p.data(), g.data(), row, from + k * lanes, p.active());
        }
    }

    /// Adds the cotangents of the rows at `from` to those of the context.
    static void scatterContext(Pass p, Pullback g, int contextDim, int from) {
        Rows.add(g.data(), from, p.block().context(), contextDim, p.lanes(), p.active());
    }
}
