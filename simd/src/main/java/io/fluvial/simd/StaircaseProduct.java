package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;
import static io.fluvial.simd.Width.LANES_4;
import static io.fluvial.simd.Width.ROW;

import io.fluvial.kernel.Staircase;
import jdk.incubator.vector.FloatVector;

/// [Product] for a masked matrix: `y[r] += Σₖ w[r,k] · m[k]` over the columns that row r sees.
///
/// Four rows share the columns that the shortest of them sees, in the tile of [Product]; the few more that the others
/// see follow row by row. Every row adds its products in the order of k, whatever rows are done with it: the
/// same bits in portions as at once.
///
/// The tile repeats that of [Product] with an address for every row. One tile for both was tried: the dense product of
/// 256 × 256 × 128 then took 139 and 155 µs where it takes 105 and 115 (four interleaved runs of two launches).
final class StaircaseProduct {

    /// As in [Product].
    private static final int BLOCK = 64;

    private StaircaseProduct() {}

    static void add(
            Staircase shape,
            int from,
            int to,
            float[] w,
            int wAt,
            float[] m,
            int in,
            float[] y,
            int out,
            int stride,
            int n) {
        if (from >= to) {
            return;
        }
        int depth = shape.length(to - 1);
        int i = 0;
        for (; i + LANES_4 <= n && stride == ROW; i += LANES_4) {
            for (int k = 0; k < depth; k += BLOCK) {
                strip4(shape, from, to, k, w, wAt, m, in + i, y, out + i, stride);
            }
        }
        for (; i < n; i += LANES) {
            for (int k = 0; k < depth; k += BLOCK) {
                strip1(shape, from, to, k, w, wAt, m, in + i, y, out + i, stride);
            }
        }
    }

    /// Columns k … k + BLOCK − 1.
    private static void strip4(
            Staircase shape,
            int from,
            int to,
            int k,
            float[] w,
            int wAt,
            float[] m,
            int in,
            float[] y,
            int out,
            int stride) {
        int r = Math.max(from, shape.first(k));
        while (r < to) {
            int rows = to - r >= 4 ? 4 : to - r >= 2 ? 2 : 1;
            int shared = rows == 1 ? 0 : Math.min(BLOCK, shape.length(r) - k);
            int at = wAt + k;
            int row = out + r * stride;
            if (rows == 4) {
                tile4x4(
                        w,
                        at + shape.start(r),
                        at + shape.start(r + 1),
                        at + shape.start(r + 2),
                        at + shape.start(r + 3),
                        shared,
                        m,
                        in + k * stride,
                        y,
                        row,
                        row + stride,
                        row + 2 * stride,
                        row + 3 * stride);
            } else if (rows == 2) {
                tile2x4(
                        w,
                        at + shape.start(r),
                        at + shape.start(r + 1),
                        shared,
                        m,
                        in + k * stride,
                        y,
                        row,
                        row + stride);
            }
            // One place for the rest: C2 inlines the small tile wherever it is called, and gives up when it grows.
            for (int q = rows == 1 ? 0 : 1; q < rows; q++) {
                rest4(shape, r + q, k, shared, w, wAt, m, in, y, out, stride);
            }
            r += rows;
        }
    }

    /// What row r sees of columns k + done … k + BLOCK − 1.
    private static void rest4(
            Staircase shape,
            int r,
            int k,
            int done,
            float[] w,
            int wAt,
            float[] m,
            int in,
            float[] y,
            int out,
            int stride) {
        int depth = Math.min(BLOCK, shape.length(r) - k) - done;
        if (depth > 0) {
            int first = k + done;
            Product.tile1x4(
                    w, wAt + shape.start(r) + first, 1, depth, m, in + first * stride, stride, y, out + r * stride);
        }
    }

    /// As [#strip4] for one vector of lanes.
    private static void strip1(
            Staircase shape,
            int from,
            int to,
            int k,
            float[] w,
            int wAt,
            float[] m,
            int in,
            float[] y,
            int out,
            int stride) {
        int r = Math.max(from, shape.first(k));
        while (r < to) {
            int rows = to - r >= 4 ? 4 : 1;
            int shared = rows == 1 ? 0 : Math.min(BLOCK, shape.length(r) - k);
            int at = wAt + k;
            int row = out + r * stride;
            if (rows == 4) {
                tile4x1(
                        w,
                        at + shape.start(r),
                        at + shape.start(r + 1),
                        at + shape.start(r + 2),
                        at + shape.start(r + 3),
                        shared,
                        m,
                        in + k * stride,
                        stride,
                        y,
                        row,
                        row + stride,
                        row + 2 * stride,
                        row + 3 * stride);
            }
            for (int q = rows == 1 ? 0 : 1; q < rows; q++) {
                rest1(shape, r + q, k, shared, w, wAt, m, in, y, out, stride);
            }
            r += rows;
        }
    }

    private static void rest1(
            Staircase shape,
            int r,
            int k,
            int done,
            float[] w,
            int wAt,
            float[] m,
            int in,
            float[] y,
            int out,
            int stride) {
        int depth = Math.min(BLOCK, shape.length(r) - k) - done;
        if (depth > 0) {
            int first = k + done;
            Product.tile1x1(
                    w, wAt + shape.start(r) + first, 1, depth, m, in + first * stride, stride, y, out + r * stride);
        }
    }

    /// Four rows with weights at a0 … a3 and results at t0 … t3, four vectors of lanes, in a whole block.
    private static void tile4x4(
            float[] w,
            int a0,
            int a1,
            int a2,
            int a3,
            int depth,
            float[] m,
            int from,
            float[] y,
            int t0,
            int t1,
            int t2,
            int t3) {
        FloatVector a0v = FloatVector.fromArray(F, y, t0);
        FloatVector a1v = FloatVector.fromArray(F, y, t0 + LANES);
        FloatVector a2v = FloatVector.fromArray(F, y, t0 + LANES_2);
        FloatVector a3v = FloatVector.fromArray(F, y, t0 + LANES_3);
        FloatVector b0v = FloatVector.fromArray(F, y, t1);
        FloatVector b1v = FloatVector.fromArray(F, y, t1 + LANES);
        FloatVector b2v = FloatVector.fromArray(F, y, t1 + LANES_2);
        FloatVector b3v = FloatVector.fromArray(F, y, t1 + LANES_3);
        FloatVector c0v = FloatVector.fromArray(F, y, t2);
        FloatVector c1v = FloatVector.fromArray(F, y, t2 + LANES);
        FloatVector c2v = FloatVector.fromArray(F, y, t2 + LANES_2);
        FloatVector c3v = FloatVector.fromArray(F, y, t2 + LANES_3);
        FloatVector e0v = FloatVector.fromArray(F, y, t3);
        FloatVector e1v = FloatVector.fromArray(F, y, t3 + LANES);
        FloatVector e2v = FloatVector.fromArray(F, y, t3 + LANES_2);
        FloatVector e3v = FloatVector.fromArray(F, y, t3 + LANES_3);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from + k * ROW);
            FloatVector x1 = FloatVector.fromArray(F, m, from + k * ROW + LANES);
            FloatVector x2 = FloatVector.fromArray(F, m, from + k * ROW + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, m, from + k * ROW + LANES_3);
            FloatVector u = FloatVector.broadcast(F, w[a0 + k]);
            a0v = x0.fma(u, a0v);
            a1v = x1.fma(u, a1v);
            a2v = x2.fma(u, a2v);
            a3v = x3.fma(u, a3v);
            u = FloatVector.broadcast(F, w[a1 + k]);
            b0v = x0.fma(u, b0v);
            b1v = x1.fma(u, b1v);
            b2v = x2.fma(u, b2v);
            b3v = x3.fma(u, b3v);
            u = FloatVector.broadcast(F, w[a2 + k]);
            c0v = x0.fma(u, c0v);
            c1v = x1.fma(u, c1v);
            c2v = x2.fma(u, c2v);
            c3v = x3.fma(u, c3v);
            u = FloatVector.broadcast(F, w[a3 + k]);
            e0v = x0.fma(u, e0v);
            e1v = x1.fma(u, e1v);
            e2v = x2.fma(u, e2v);
            e3v = x3.fma(u, e3v);
        }
        a0v.intoArray(y, t0);
        a1v.intoArray(y, t0 + LANES);
        a2v.intoArray(y, t0 + LANES_2);
        a3v.intoArray(y, t0 + LANES_3);
        b0v.intoArray(y, t1);
        b1v.intoArray(y, t1 + LANES);
        b2v.intoArray(y, t1 + LANES_2);
        b3v.intoArray(y, t1 + LANES_3);
        c0v.intoArray(y, t2);
        c1v.intoArray(y, t2 + LANES);
        c2v.intoArray(y, t2 + LANES_2);
        c3v.intoArray(y, t2 + LANES_3);
        e0v.intoArray(y, t3);
        e1v.intoArray(y, t3 + LANES);
        e2v.intoArray(y, t3 + LANES_2);
        e3v.intoArray(y, t3 + LANES_3);
    }

    private static void tile4x1(
            float[] w,
            int a0,
            int a1,
            int a2,
            int a3,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int t0,
            int t1,
            int t2,
            int t3) {
        FloatVector av = FloatVector.fromArray(F, y, t0);
        FloatVector bv = FloatVector.fromArray(F, y, t1);
        FloatVector cv = FloatVector.fromArray(F, y, t2);
        FloatVector ev = FloatVector.fromArray(F, y, t3);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(F, m, from);
            av = x.fma(FloatVector.broadcast(F, w[a0 + k]), av);
            bv = x.fma(FloatVector.broadcast(F, w[a1 + k]), bv);
            cv = x.fma(FloatVector.broadcast(F, w[a2 + k]), cv);
            ev = x.fma(FloatVector.broadcast(F, w[a3 + k]), ev);
            from += stride;
        }
        av.intoArray(y, t0);
        bv.intoArray(y, t1);
        cv.intoArray(y, t2);
        ev.intoArray(y, t3);
    }

    private static void tile2x4(float[] w, int a0, int a1, int depth, float[] m, int from, float[] y, int t0, int t1) {
        FloatVector a0v = FloatVector.fromArray(F, y, t0);
        FloatVector a1v = FloatVector.fromArray(F, y, t0 + LANES);
        FloatVector a2v = FloatVector.fromArray(F, y, t0 + LANES_2);
        FloatVector a3v = FloatVector.fromArray(F, y, t0 + LANES_3);
        FloatVector b0v = FloatVector.fromArray(F, y, t1);
        FloatVector b1v = FloatVector.fromArray(F, y, t1 + LANES);
        FloatVector b2v = FloatVector.fromArray(F, y, t1 + LANES_2);
        FloatVector b3v = FloatVector.fromArray(F, y, t1 + LANES_3);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from + k * ROW);
            FloatVector x1 = FloatVector.fromArray(F, m, from + k * ROW + LANES);
            FloatVector x2 = FloatVector.fromArray(F, m, from + k * ROW + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, m, from + k * ROW + LANES_3);
            FloatVector u = FloatVector.broadcast(F, w[a0 + k]);
            a0v = x0.fma(u, a0v);
            a1v = x1.fma(u, a1v);
            a2v = x2.fma(u, a2v);
            a3v = x3.fma(u, a3v);
            u = FloatVector.broadcast(F, w[a1 + k]);
            b0v = x0.fma(u, b0v);
            b1v = x1.fma(u, b1v);
            b2v = x2.fma(u, b2v);
            b3v = x3.fma(u, b3v);
        }
        a0v.intoArray(y, t0);
        a1v.intoArray(y, t0 + LANES);
        a2v.intoArray(y, t0 + LANES_2);
        a3v.intoArray(y, t0 + LANES_3);
        b0v.intoArray(y, t1);
        b1v.intoArray(y, t1 + LANES);
        b2v.intoArray(y, t1 + LANES_2);
        b3v.intoArray(y, t1 + LANES_3);
    }
}
