package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;
import static io.fluvial.simd.Width.LANES_4;
import static io.fluvial.simd.Width.ROW;

import jdk.incubator.vector.FloatVector;

/// `gw[r,k] += Σ_lanes g[r] · d[k]`: d is transposed, a piece of 128 lanes at a time, and then this is a
/// [Product] whose lanes are the columns k and whose weights are g.
///
/// The obvious way, sums along lanes ([LaneProduct]), pays for its sums across lanes at the end of each tile,
/// and eight vector loads per sixteen FMAs, most of which straddle a cache line because a Java array starts
/// anywhere; it reached 100 of 231 GFLOP/s on 64 × 64 × 128. It remains for the last columns, fewer than a
/// vector, and for few rows, over which a transpose does not pay.
final class WeightGradient {

    /// Lanes of a piece: with four vectors of columns 32 KiB at 512 bits, which stay in the first-level
    /// cache.
    private static final int PIECE = ROW;

    private static final int FEW_ROWS = 4;

    private static final ThreadLocal<float[]> BUFFER = ThreadLocal.withInitial(() -> new float[HEAD + PIECE * LANES_4]);

    private WeightGradient() {}

    static void add(
            float[] d, int in, float[] g, int gOut, int rows, int depth, float[] gw, int wAt, int stride, int n) {
        float[] t = BUFFER.get();
        int k = 0;
        if (rows > FEW_ROWS) {
            for (; k + LANES_4 <= depth; k += LANES_4) {
                columns4(d, in + k * stride, g, gOut, rows, depth, gw, wAt + k, stride, n, t);
            }
            for (; k + LANES_2 <= depth; k += LANES_2) {
                columns2(d, in + k * stride, g, gOut, rows, depth, gw, wAt + k, stride, n, t);
            }
            for (; k + LANES <= depth; k += LANES) {
                columns1(d, in + k * stride, g, gOut, rows, depth, gw, wAt + k, stride, n, t);
            }
        }
        LaneProduct.add(d, in, g, gOut, rows, k, depth, gw, wAt, stride, n, t);
    }

    private static void columns4(
            float[] d,
            int in,
            float[] g,
            int gOut,
            int rows,
            int depth,
            float[] gw,
            int at,
            int stride,
            int n,
            float[] t) {
        for (int i = 0; i < n; i += PIECE) {
            int lanes = Math.min(PIECE, n - i);
            Transpose.to(t, HEAD, LANES_4, d, in + i, stride, lanes);
            rows(g, gOut + i, stride, rows, lanes, t, gw, at, depth);
        }
    }

    private static void columns2(
            float[] d,
            int in,
            float[] g,
            int gOut,
            int rows,
            int depth,
            float[] gw,
            int at,
            int stride,
            int n,
            float[] t) {
        for (int i = 0; i < n; i += PIECE) {
            int lanes = Math.min(PIECE, n - i);
            Transpose.to(t, HEAD, LANES_2, d, in + i, stride, lanes);
            Product.strip2(g, gOut + i, stride, 1, rows, lanes, t, HEAD, LANES_2, gw, at, depth);
        }
    }

    private static void columns1(
            float[] d,
            int in,
            float[] g,
            int gOut,
            int rows,
            int depth,
            float[] gw,
            int at,
            int stride,
            int n,
            float[] t) {
        for (int i = 0; i < n; i += PIECE) {
            int lanes = Math.min(PIECE, n - i);
            Transpose.to(t, HEAD, LANES, d, in + i, stride, lanes);
            Product.strip1(g, gOut + i, stride, 1, rows, lanes, t, HEAD, LANES, gw, at, depth);
        }
    }

    /// Adds a piece of four vectors of columns: row r to `y[to + r · toStride ..)`.
    static void rows(
            float[] g, int at, int stride, int rows, int lanes, float[] piece, float[] y, int to, int toStride) {
        int r = 0;
        for (; r + 4 <= rows && stride == ROW; r += 4) {
            int t0 = to + r * toStride;
            int t2 = t0 + 2 * toStride;
            tile4x4(g, at + r * ROW, piece, lanes, y, t0, t0 + toStride, t2, t2 + toStride);
        }
        Product.strip4(
                g, at + r * stride, stride, 1, rows - r, lanes, piece, HEAD, LANES_4, y, to + r * toStride, toStride);
    }

    /// Rows of g from `at` on, four and as far apart as in a whole block, by the four vectors of a piece's row: sums at
    /// t0 … t3. Distances are constants, so that bounds are checked before the loop.
    static void tile4x4(float[] g, int at, float[] piece, int lanes, float[] y, int t0, int t1, int t2, int t3) {
        FloatVector a0 = FloatVector.fromArray(F, y, t0);
        FloatVector a1 = FloatVector.fromArray(F, y, t0 + LANES);
        FloatVector a2 = FloatVector.fromArray(F, y, t0 + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, y, t0 + LANES_3);
        FloatVector b0 = FloatVector.fromArray(F, y, t1);
        FloatVector b1 = FloatVector.fromArray(F, y, t1 + LANES);
        FloatVector b2 = FloatVector.fromArray(F, y, t1 + LANES_2);
        FloatVector b3 = FloatVector.fromArray(F, y, t1 + LANES_3);
        FloatVector c0 = FloatVector.fromArray(F, y, t2);
        FloatVector c1 = FloatVector.fromArray(F, y, t2 + LANES);
        FloatVector c2 = FloatVector.fromArray(F, y, t2 + LANES_2);
        FloatVector c3 = FloatVector.fromArray(F, y, t2 + LANES_3);
        FloatVector e0 = FloatVector.fromArray(F, y, t3);
        FloatVector e1 = FloatVector.fromArray(F, y, t3 + LANES);
        FloatVector e2 = FloatVector.fromArray(F, y, t3 + LANES_2);
        FloatVector e3 = FloatVector.fromArray(F, y, t3 + LANES_3);
        for (int i = 0; i < lanes; i++) {
            FloatVector x0 = FloatVector.fromArray(F, piece, HEAD + i * LANES_4);
            FloatVector x1 = FloatVector.fromArray(F, piece, HEAD + i * LANES_4 + LANES);
            FloatVector x2 = FloatVector.fromArray(F, piece, HEAD + i * LANES_4 + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, piece, HEAD + i * LANES_4 + LANES_3);
            FloatVector u = FloatVector.broadcast(F, g[at + i]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            a2 = x2.fma(u, a2);
            a3 = x3.fma(u, a3);
            u = FloatVector.broadcast(F, g[at + i + ROW]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            b2 = x2.fma(u, b2);
            b3 = x3.fma(u, b3);
            u = FloatVector.broadcast(F, g[at + i + 2 * ROW]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            c2 = x2.fma(u, c2);
            c3 = x3.fma(u, c3);
            u = FloatVector.broadcast(F, g[at + i + 3 * ROW]);
            e0 = x0.fma(u, e0);
            e1 = x1.fma(u, e1);
            e2 = x2.fma(u, e2);
            e3 = x3.fma(u, e3);
        }
        a0.intoArray(y, t0);
        a1.intoArray(y, t0 + LANES);
        a2.intoArray(y, t0 + LANES_2);
        a3.intoArray(y, t0 + LANES_3);
        b0.intoArray(y, t1);
        b1.intoArray(y, t1 + LANES);
        b2.intoArray(y, t1 + LANES_2);
        b3.intoArray(y, t1 + LANES_3);
        c0.intoArray(y, t2);
        c1.intoArray(y, t2 + LANES);
        c2.intoArray(y, t2 + LANES_2);
        c3.intoArray(y, t2 + LANES_3);
        e0.intoArray(y, t3);
        e1.intoArray(y, t3 + LANES);
        e2.intoArray(y, t3 + LANES_2);
        e3.intoArray(y, t3 + LANES_3);
    }
}
