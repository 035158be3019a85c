package io.fluvial.simd;

import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_4;

/// `gw[r,k] += Σ_lanes g[r] · d[k]`: d is transposed, a piece of 64 lanes at a time, and then this is a
/// [Product] whose lanes are the columns k and whose weights are g.
///
/// The obvious way, sums along lanes ([LaneProduct]), pays for its sums across lanes at the end of each tile,
/// and eight vector loads per sixteen FMAs, most of which straddle a cache line because a Java array starts
/// anywhere; it reached 100 of 231 GFLOP/s on 64 × 64 × 128. It remains for the last columns, fewer than a
/// vector, and for few rows, over which a transpose does not pay.
final class WeightGradient {

    /// Lanes of a piece: with four vectors of columns 16 KiB at 512 bits, which stay in the first-level
    /// cache.
    private static final int PIECE = 64;

    private static final int FEW_ROWS = 4;

    private static final ThreadLocal<float[]> BUFFER = ThreadLocal.withInitial(() -> new float[PIECE * LANES_4]);

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
            Transpose.to(t, LANES_4, d, in + i, stride, lanes);
            Product.strip4(g, gOut + i, stride, 1, rows, lanes, t, 0, LANES_4, gw, at, depth);
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
            Transpose.to(t, LANES_2, d, in + i, stride, lanes);
            Product.strip2(g, gOut + i, stride, 1, rows, lanes, t, 0, LANES_2, gw, at, depth);
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
            Transpose.to(t, LANES, d, in + i, stride, lanes);
            Product.strip1(g, gOut + i, stride, 1, rows, lanes, t, 0, LANES, gw, at, depth);
        }
    }
}
