package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;
import static io.fluvial.simd.Width.LANES_4;

import jdk.incubator.vector.FloatVector;

/// `to[r] += Σₖ w[r·rowStep + k·depthStep] · from[k]` for every lane: W·X, or Wᵀ·X with the steps exchanged.
///
/// A tile of the result, four rows by four vectors, stays in sixteen accumulators while k runs: eight loads (four
/// vectors
/// and four weights, broadcast) feed sixteen FMAs, and sixteen independent sums cover the latency of two FMA units.
/// Rows
/// and vectors that four does not divide take the smaller tiles. Inside a strip of vectors all rows are done before the
/// next, so that the strip of `from` stays in the first-level cache.
///
/// Each tile is a method of its own and holds nothing but its loop: C2 stops inlining vector operations when a method
/// grows, at a tenth of the speed.
final class Product {

    private static final int BLOCK = Integer.getInteger("kb", 64);

    private Product() {}

    static void add(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int to,
            int stride,
            int n) {
        int i = 0;
        for (; i + LANES_4 <= n; i += LANES_4) {
            for (int k = 0; k < depth; k += BLOCK) {
                strip4(
                        w,
                        wAt + k * depthStep,
                        rowStep,
                        depthStep,
                        rows,
                        Math.min(BLOCK, depth - k),
                        m,
                        from + i + k * stride,
                        to + i,
                        stride);
            }
        }
        for (; i < n; i += LANES) {
            strip1(w, wAt, rowStep, depthStep, rows, depth, m, from + i, to + i, stride);
        }
    }

    private static void strip4(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int to,
            int stride) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            tile4x4(w, wAt + r * rowStep, rowStep, depthStep, depth, m, from, to + r * stride, stride);
        }
        for (; r < rows; r++) {
            tile1x4(w, wAt + r * rowStep, depthStep, depth, m, from, to + r * stride, stride);
        }
    }

    private static void strip1(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int to,
            int stride) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            tile4x1(w, wAt + r * rowStep, rowStep, depthStep, depth, m, from, to + r * stride, stride);
        }
        for (; r < rows; r++) {
            tile1x1(w, wAt + r * rowStep, depthStep, depth, m, from, to + r * stride, stride);
        }
    }

    private static void tile4x4(
            float[] w, int at, int rowStep, int depthStep, int depth, float[] m, int from, int to, int stride) {
        int to1 = to + stride;
        int to2 = to1 + stride;
        int to3 = to2 + stride;
        FloatVector a0 = FloatVector.fromArray(F, m, to);
        FloatVector a1 = FloatVector.fromArray(F, m, to + LANES);
        FloatVector a2 = FloatVector.fromArray(F, m, to + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, m, to + LANES_3);
        FloatVector b0 = FloatVector.fromArray(F, m, to1);
        FloatVector b1 = FloatVector.fromArray(F, m, to1 + LANES);
        FloatVector b2 = FloatVector.fromArray(F, m, to1 + LANES_2);
        FloatVector b3 = FloatVector.fromArray(F, m, to1 + LANES_3);
        FloatVector c0 = FloatVector.fromArray(F, m, to2);
        FloatVector c1 = FloatVector.fromArray(F, m, to2 + LANES);
        FloatVector c2 = FloatVector.fromArray(F, m, to2 + LANES_2);
        FloatVector c3 = FloatVector.fromArray(F, m, to2 + LANES_3);
        FloatVector d0 = FloatVector.fromArray(F, m, to3);
        FloatVector d1 = FloatVector.fromArray(F, m, to3 + LANES);
        FloatVector d2 = FloatVector.fromArray(F, m, to3 + LANES_2);
        FloatVector d3 = FloatVector.fromArray(F, m, to3 + LANES_3);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from);
            FloatVector x1 = FloatVector.fromArray(F, m, from + LANES);
            FloatVector x2 = FloatVector.fromArray(F, m, from + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, m, from + LANES_3);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            a2 = x2.fma(u, a2);
            a3 = x3.fma(u, a3);
            u = FloatVector.broadcast(F, w[at + rowStep]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            b2 = x2.fma(u, b2);
            b3 = x3.fma(u, b3);
            u = FloatVector.broadcast(F, w[at + 2 * rowStep]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            c2 = x2.fma(u, c2);
            c3 = x3.fma(u, c3);
            u = FloatVector.broadcast(F, w[at + 3 * rowStep]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            d2 = x2.fma(u, d2);
            d3 = x3.fma(u, d3);
            at += depthStep;
            from += stride;
        }
        a0.intoArray(m, to);
        a1.intoArray(m, to + LANES);
        a2.intoArray(m, to + LANES_2);
        a3.intoArray(m, to + LANES_3);
        b0.intoArray(m, to1);
        b1.intoArray(m, to1 + LANES);
        b2.intoArray(m, to1 + LANES_2);
        b3.intoArray(m, to1 + LANES_3);
        c0.intoArray(m, to2);
        c1.intoArray(m, to2 + LANES);
        c2.intoArray(m, to2 + LANES_2);
        c3.intoArray(m, to2 + LANES_3);
        d0.intoArray(m, to3);
        d1.intoArray(m, to3 + LANES);
        d2.intoArray(m, to3 + LANES_2);
        d3.intoArray(m, to3 + LANES_3);
    }

    private static void tile4x1(
            float[] w, int at, int rowStep, int depthStep, int depth, float[] m, int from, int to, int stride) {
        FloatVector a = FloatVector.fromArray(F, m, to);
        FloatVector b = FloatVector.fromArray(F, m, to + stride);
        FloatVector c = FloatVector.fromArray(F, m, to + 2 * stride);
        FloatVector d = FloatVector.fromArray(F, m, to + 3 * stride);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(F, m, from);
            a = x.fma(FloatVector.broadcast(F, w[at]), a);
            b = x.fma(FloatVector.broadcast(F, w[at + rowStep]), b);
            c = x.fma(FloatVector.broadcast(F, w[at + 2 * rowStep]), c);
            d = x.fma(FloatVector.broadcast(F, w[at + 3 * rowStep]), d);
            at += depthStep;
            from += stride;
        }
        a.intoArray(m, to);
        b.intoArray(m, to + stride);
        c.intoArray(m, to + 2 * stride);
        d.intoArray(m, to + 3 * stride);
    }

    private static void tile1x4(float[] w, int at, int depthStep, int depth, float[] m, int from, int to, int stride) {
        FloatVector a0 = FloatVector.fromArray(F, m, to);
        FloatVector a1 = FloatVector.fromArray(F, m, to + LANES);
        FloatVector a2 = FloatVector.fromArray(F, m, to + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, m, to + LANES_3);
        for (int k = 0; k < depth; k++) {
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = FloatVector.fromArray(F, m, from).fma(u, a0);
            a1 = FloatVector.fromArray(F, m, from + LANES).fma(u, a1);
            a2 = FloatVector.fromArray(F, m, from + LANES_2).fma(u, a2);
            a3 = FloatVector.fromArray(F, m, from + LANES_3).fma(u, a3);
            at += depthStep;
            from += stride;
        }
        a0.intoArray(m, to);
        a1.intoArray(m, to + LANES);
        a2.intoArray(m, to + LANES_2);
        a3.intoArray(m, to + LANES_3);
    }

    private static void tile1x1(float[] w, int at, int depthStep, int depth, float[] m, int from, int to, int stride) {
        FloatVector a = FloatVector.fromArray(F, m, to);
        for (int k = 0; k < depth; k++) {
            a = FloatVector.fromArray(F, m, from).fma(FloatVector.broadcast(F, w[at]), a);
            at += depthStep;
            from += stride;
        }
        a.intoArray(m, to);
    }
}
