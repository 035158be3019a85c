package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;

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
        float[] d = p.data();
        int lanes = p.lanes();
        for (int k = 0; k < contextDim; k++) {
            System.arraycopy(d, p.block().context() + k * lanes, d, to + k * lanes, p.active());
        }
    }

    /// Adds the cotangents of the rows at `from` to those of the features at `end`.
    static void scatter(Pass p, Pullback g, int features, int end, int from) {
        int lanes = p.lanes();
        for (int k = 0; k < features; k++) {
            add(g.data(), from + k * lanes, end + p.buffer(FEATURES + k) * lanes, p.active());
        }
    }

    /// Adds the cotangents of the rows at `from` to those of the context.
    static void scatterContext(Pass p, Pullback g, int contextDim, int from) {
        int lanes = p.lanes();
        for (int k = 0; k < contextDim; k++) {
            add(g.data(), from + k * lanes, p.block().context() + k * lanes, p.active());
        }
    }

    static void add(float[] d, int from, int to, int n) {
        for (int i = 0; i < n; i++) {
            d[to + i] += d[from + i];
        }
    }
}
