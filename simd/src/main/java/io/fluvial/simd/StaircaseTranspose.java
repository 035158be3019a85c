package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;
import static io.fluvial.simd.Width.LANES_4;
import static io.fluvial.simd.Width.ROW;

import io.fluvial.kernel.Staircase;
import jdk.incubator.vector.FloatVector;

/// `y[k] += Σᵣ w[r,k] · m[r]` over the rows r that see column k of a masked matrix.
///
/// A tile of four columns by four vectors stays in accumulators while the rows run. Where row r starts among the
/// weights is looked up, since rows differ in length: one load more beside eight.
final class StaircaseTranspose {

    /// Rows of one round, so that the strip of m stays in the first-level cache.
    private static final int BLOCK = 64;

    private StaircaseTranspose() {}

    static void add(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride, int n) {
        int i = 0;
        for (; i + LANES_4 <= n && stride == ROW; i += LANES_4) {
            for (int r = from; r < to; r += BLOCK) {
                strip4(shape, r, Math.min(to, r + BLOCK), w, wAt, g, gOut + i, gIn + i, stride);
            }
        }
        for (; i < n; i += LANES) {
            for (int r = from; r < to; r += BLOCK) {
                strip1(shape, r, Math.min(to, r + BLOCK), w, wAt, g, gOut + i, gIn + i, stride);
            }
        }
    }

    private static void strip4(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride) {
        int depth = shape.length(to - 1);
        for (int k = 0; k < depth; ) {
            int columns = depth - k >= 4 ? 4 : 1;
            int all = to;
            if (columns == 4) {
                all = Math.max(from, shape.first(k + 3)); // from here on rows see all four columns
                tile4x4(shape, all, to, w, wAt + k, g, gOut, gIn + k * stride);
            }
            for (int q = 0; q < columns; q++) {
                some4(shape, from, all, k + q, w, wAt, g, gOut, gIn, stride);
            }
            k += columns;
        }
    }

    /// The rows before `end` that see column k.
    private static void some4(
            Staircase shape, int from, int end, int k, float[] w, int wAt, float[] g, int gOut, int gIn, int stride) {
        int first = Math.max(from, shape.first(k));
        if (first < end) {
            tile1x4(shape, first, end, w, wAt + k, g, gOut, gIn + k * stride);
        }
    }

    private static void strip1(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride) {
        int depth = shape.length(to - 1);
        for (int k = 0; k < depth; ) {
            int columns = depth - k >= 4 ? 4 : 1;
            int all = to;
            if (columns == 4) {
                all = Math.max(from, shape.first(k + 3)); // from here on rows see all four columns
                tile4x1(shape, all, to, w, wAt + k, g, gOut, stride, gIn + k * stride);
            }
            for (int q = 0; q < columns; q++) {
                some1(shape, from, all, k + q, w, wAt, g, gOut, gIn, stride);
            }
            k += columns;
        }
    }

    private static void some1(
            Staircase shape, int from, int end, int k, float[] w, int wAt, float[] g, int gOut, int gIn, int stride) {
        int first = Math.max(from, shape.first(k));
        if (first < end) {
            tile1x1(shape, first, end, w, wAt + k, g, gOut, stride, gIn + k * stride);
        }
    }

    private static void tile4x4(Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn) {
        FloatVector a0 = FloatVector.fromArray(F, g, gIn);
        FloatVector a1 = FloatVector.fromArray(F, g, gIn + LANES);
        FloatVector a2 = FloatVector.fromArray(F, g, gIn + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, g, gIn + LANES_3);
        FloatVector b0 = FloatVector.fromArray(F, g, gIn + ROW);
        FloatVector b1 = FloatVector.fromArray(F, g, gIn + ROW + LANES);
        FloatVector b2 = FloatVector.fromArray(F, g, gIn + ROW + LANES_2);
        FloatVector b3 = FloatVector.fromArray(F, g, gIn + ROW + LANES_3);
        FloatVector c0 = FloatVector.fromArray(F, g, gIn + 2 * ROW);
        FloatVector c1 = FloatVector.fromArray(F, g, gIn + 2 * ROW + LANES);
        FloatVector c2 = FloatVector.fromArray(F, g, gIn + 2 * ROW + LANES_2);
        FloatVector c3 = FloatVector.fromArray(F, g, gIn + 2 * ROW + LANES_3);
        FloatVector e0 = FloatVector.fromArray(F, g, gIn + 3 * ROW);
        FloatVector e1 = FloatVector.fromArray(F, g, gIn + 3 * ROW + LANES);
        FloatVector e2 = FloatVector.fromArray(F, g, gIn + 3 * ROW + LANES_2);
        FloatVector e3 = FloatVector.fromArray(F, g, gIn + 3 * ROW + LANES_3);
        for (int r = from; r < to; r++) {
            int at = wAt + shape.start(r);
            FloatVector x0 = FloatVector.fromArray(F, g, gOut + r * ROW);
            FloatVector x1 = FloatVector.fromArray(F, g, gOut + r * ROW + LANES);
            FloatVector x2 = FloatVector.fromArray(F, g, gOut + r * ROW + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, g, gOut + r * ROW + LANES_3);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            a2 = x2.fma(u, a2);
            a3 = x3.fma(u, a3);
            u = FloatVector.broadcast(F, w[at + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            b2 = x2.fma(u, b2);
            b3 = x3.fma(u, b3);
            u = FloatVector.broadcast(F, w[at + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            c2 = x2.fma(u, c2);
            c3 = x3.fma(u, c3);
            u = FloatVector.broadcast(F, w[at + 3]);
            e0 = x0.fma(u, e0);
            e1 = x1.fma(u, e1);
            e2 = x2.fma(u, e2);
            e3 = x3.fma(u, e3);
        }
        a0.intoArray(g, gIn);
        a1.intoArray(g, gIn + LANES);
        a2.intoArray(g, gIn + LANES_2);
        a3.intoArray(g, gIn + LANES_3);
        b0.intoArray(g, gIn + ROW);
        b1.intoArray(g, gIn + ROW + LANES);
        b2.intoArray(g, gIn + ROW + LANES_2);
        b3.intoArray(g, gIn + ROW + LANES_3);
        c0.intoArray(g, gIn + 2 * ROW);
        c1.intoArray(g, gIn + 2 * ROW + LANES);
        c2.intoArray(g, gIn + 2 * ROW + LANES_2);
        c3.intoArray(g, gIn + 2 * ROW + LANES_3);
        e0.intoArray(g, gIn + 3 * ROW);
        e1.intoArray(g, gIn + 3 * ROW + LANES);
        e2.intoArray(g, gIn + 3 * ROW + LANES_2);
        e3.intoArray(g, gIn + 3 * ROW + LANES_3);
    }

    private static void tile1x4(Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn) {
        FloatVector a0 = FloatVector.fromArray(F, g, gIn);
        FloatVector a1 = FloatVector.fromArray(F, g, gIn + LANES);
        FloatVector a2 = FloatVector.fromArray(F, g, gIn + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, g, gIn + LANES_3);
        for (int r = from; r < to; r++) {
            int at = wAt + shape.start(r);
            FloatVector x0 = FloatVector.fromArray(F, g, gOut + r * ROW);
            FloatVector x1 = FloatVector.fromArray(F, g, gOut + r * ROW + LANES);
            FloatVector x2 = FloatVector.fromArray(F, g, gOut + r * ROW + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, g, gOut + r * ROW + LANES_3);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            a2 = x2.fma(u, a2);
            a3 = x3.fma(u, a3);
        }
        a0.intoArray(g, gIn);
        a1.intoArray(g, gIn + LANES);
        a2.intoArray(g, gIn + LANES_2);
        a3.intoArray(g, gIn + LANES_3);
    }

    private static void tile4x1(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int stride, int gIn) {
        FloatVector a0 = FloatVector.fromArray(F, g, gIn);
        FloatVector b0 = FloatVector.fromArray(F, g, gIn + stride);
        FloatVector c0 = FloatVector.fromArray(F, g, gIn + 2 * stride);
        FloatVector e0 = FloatVector.fromArray(F, g, gIn + 3 * stride);
        int m = gOut + from * stride;
        for (int r = from; r < to; r++) {
            int at = wAt + shape.start(r);
            FloatVector x0 = FloatVector.fromArray(F, g, m);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            u = FloatVector.broadcast(F, w[at + 1]);
            b0 = x0.fma(u, b0);
            u = FloatVector.broadcast(F, w[at + 2]);
            c0 = x0.fma(u, c0);
            u = FloatVector.broadcast(F, w[at + 3]);
            e0 = x0.fma(u, e0);
            m += stride;
        }
        a0.intoArray(g, gIn);
        b0.intoArray(g, gIn + stride);
        c0.intoArray(g, gIn + 2 * stride);
        e0.intoArray(g, gIn + 3 * stride);
    }

    private static void tile1x1(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int stride, int gIn) {
        FloatVector a0 = FloatVector.fromArray(F, g, gIn);
        int m = gOut + from * stride;
        for (int r = from; r < to; r++) {
            int at = wAt + shape.start(r);
            FloatVector x0 = FloatVector.fromArray(F, g, m);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            m += stride;
        }
        a0.intoArray(g, gIn);
    }
}
