package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import java.util.Arrays;

/// Products with one `[dim × dim]` matrix that a layer keeps in a buffer, row-major.
final class SquareMatrix {

    /// Stands for no bias.
    static final int NO_BIAS = -1;

    private SquareMatrix() {}

    /// to = W·from + b, in d; W and b stand in the block's data.
    static void apply(Pass p, int w, int bias, int dim, float[] d, int from, int to) {
        p.block().kernels().linear(p.data(), w, bias, dim, dim, d, from, to, p.lanes(), p.active());
    }

    /// to = Wᵀ·from, in d; W stands in the block's data.
    static void applyTransposed(Pass p, int w, int dim, float[] d, int from, int to) {
        p.block().kernels().linearTranspose(p.data(), w, dim, dim, d, from, to, false, p.lanes(), p.active());
    }

    /// gW = gOut·inᵀ summed over lanes, *overwritten* at w in `g.data()`.
    static void gradient(Pass p, Pullback g, int w, int dim, int in, int out) {
        Arrays.fill(g.data(), w, w + dim * dim, 0f);
        p.block().kernels().linearGradient(p.data(), in, g.data(), out, dim, dim, g.data(), w, p.lanes(), p.active());
    }
}
