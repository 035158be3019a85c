package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import java.util.Arrays;
import java.util.Objects;

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

    /// Adds `sign` · Σ gOut over lanes to the cotangents of the parameters from `theta` on; `spare` are dim numbers
    /// of `g.data()` to sum in.
    static void addBiasGradient(Pass p, Pullback g, int spare, int dim, int out, int sign, int theta) {
        float[] gd = g.data();
        float[] gTheta = Objects.requireNonNull(g.theta());
        Arrays.fill(gd, spare, spare + dim, 0f);
        p.block().kernels().rowSums(gd, out, dim, gd, spare, p.lanes(), p.active());
        for (int r = 0; r < dim; r++) {
            gTheta[theta + r] += sign * gd[spare + r];
        }
    }
}
