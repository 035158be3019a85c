package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_4;

import jdk.incubator.vector.FloatVector;

/// `gw[r,k] += Σ_lanes g[r] · d[k]`, summed along lanes: in tiles of four rows by four columns, so that eight
/// loads feed sixteen FMAs, then each row of the tile through [LaneSums]. For the few columns that
/// [WeightGradient] leaves over.
///
/// Sums of a tile pass through a small array t `[HEAD + 16 × LANES]`: with the additions in the same method C2 gives
/// up inlining and the kernel falls to 15 GFLOP/s.
final class LaneProduct {

    private LaneProduct() {}

    /// Columns `first` … depth − 1 of gW.
    static void add(
            float[] d,
            int in,
            float[] g,
            int gOut,
            int rows,
            int first,
            int depth,
            float[] gw,
            int wAt,
            int stride,
            int n,
            float[] t) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            rows4(d, in, g, gOut + r * stride, first, depth, gw, wAt + r * depth, stride, n, t);
        }
        for (; r < rows; r++) {
            row(d, in, g, gOut + r * stride, first, depth, gw, wAt + r * depth, stride, n, t);
        }
    }

    private static void rows4(
            float[] d,
            int in,
            float[] g,
            int gOut,
            int first,
            int depth,
            float[] gw,
            int at,
            int stride,
            int n,
            float[] t) {
        int k = first;
        for (; k + 4 <= depth; k += 4) {
            tile4x4(d, in + k * stride, g, gOut, t, stride, n);
            for (int q = 0; q < 4; q++) {
                LaneSums.add(t, HEAD + q * LANES_4, gw, at + k + q * depth, 1);
            }
        }
        for (; k < depth; k++) {
            tile4x1(d, in + k * stride, g, gOut, depth, gw, at + k, stride, n, t);
        }
    }

    static void row(
            float[] d,
            int in,
            float[] g,
            int gOut,
            int first,
            int depth,
            float[] gw,
            int at,
            int stride,
            int n,
            float[] t) {
        int k = first;
        for (; k + 4 <= depth; k += 4) {
            tile1x4(d, in + k * stride, g, gOut, gw, at + k, stride, n, t);
        }
        for (; k < depth; k++) {
            tile1x1(d, in + k * stride, g, gOut, gw, at + k, n, t);
        }
    }

    private static void tile4x4(float[] d, int in, float[] g, int gOut, float[] t, int stride, int n) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        for (int i = 0; i < n; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, d, in + i);
            FloatVector x1 = FloatVector.fromArray(F, d, in + stride + i);
            FloatVector x2 = FloatVector.fromArray(F, d, in + 2 * stride + i);
            FloatVector x3 = FloatVector.fromArray(F, d, in + 3 * stride + i);
            FloatVector u = FloatVector.fromArray(F, g, gOut + i);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            a2 = x2.fma(u, a2);
            a3 = x3.fma(u, a3);
            u = FloatVector.fromArray(F, g, gOut + stride + i);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            b2 = x2.fma(u, b2);
            b3 = x3.fma(u, b3);
            u = FloatVector.fromArray(F, g, gOut + 2 * stride + i);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            c2 = x2.fma(u, c2);
            c3 = x3.fma(u, c3);
            u = FloatVector.fromArray(F, g, gOut + 3 * stride + i);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            d2 = x2.fma(u, d2);
            d3 = x3.fma(u, d3);
        }
        a0.intoArray(t, HEAD);
        a1.intoArray(t, HEAD + LANES);
        a2.intoArray(t, HEAD + 2 * LANES);
        a3.intoArray(t, HEAD + 3 * LANES);
        b0.intoArray(t, HEAD + 4 * LANES);
        b1.intoArray(t, HEAD + 5 * LANES);
        b2.intoArray(t, HEAD + 6 * LANES);
        b3.intoArray(t, HEAD + 7 * LANES);
        c0.intoArray(t, HEAD + 8 * LANES);
        c1.intoArray(t, HEAD + 9 * LANES);
        c2.intoArray(t, HEAD + 10 * LANES);
        c3.intoArray(t, HEAD + 11 * LANES);
        d0.intoArray(t, HEAD + 12 * LANES);
        d1.intoArray(t, HEAD + 13 * LANES);
        d2.intoArray(t, HEAD + 14 * LANES);
        d3.intoArray(t, HEAD + 15 * LANES);
    }

    private static void tile4x1(
            float[] d, int in, float[] g, int gOut, int depth, float[] gw, int at, int stride, int n, float[] t) {
        FloatVector a = FloatVector.zero(F);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector e = a;
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, d, in + i);
            a = x.fma(FloatVector.fromArray(F, g, gOut + i), a);
            b = x.fma(FloatVector.fromArray(F, g, gOut + stride + i), b);
            c = x.fma(FloatVector.fromArray(F, g, gOut + 2 * stride + i), c);
            e = x.fma(FloatVector.fromArray(F, g, gOut + 3 * stride + i), e);
        }
        a.intoArray(t, HEAD);
        b.intoArray(t, HEAD + LANES);
        c.intoArray(t, HEAD + 2 * LANES);
        e.intoArray(t, HEAD + 3 * LANES);
        LaneSums.add(t, HEAD, gw, at, depth);
    }

    private static void tile1x4(
            float[] d, int in, float[] g, int gOut, float[] gw, int at, int stride, int n, float[] t) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int i = 0; i < n; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, g, gOut + i);
            a0 = FloatVector.fromArray(F, d, in + i).fma(u, a0);
            a1 = FloatVector.fromArray(F, d, in + stride + i).fma(u, a1);
            a2 = FloatVector.fromArray(F, d, in + 2 * stride + i).fma(u, a2);
            a3 = FloatVector.fromArray(F, d, in + 3 * stride + i).fma(u, a3);
        }
        a0.intoArray(t, HEAD);
        a1.intoArray(t, HEAD + LANES);
        a2.intoArray(t, HEAD + 2 * LANES);
        a3.intoArray(t, HEAD + 3 * LANES);
        LaneSums.add(t, HEAD, gw, at, 1);
    }

    private static void tile1x1(float[] d, int in, float[] g, int gOut, float[] gw, int at, int n, float[] t) {
        FloatVector a = FloatVector.zero(F);
        for (int i = 0; i < n; i += LANES) {
            a = FloatVector.fromArray(F, d, in + i).fma(FloatVector.fromArray(F, g, gOut + i), a);
        }
        a.intoArray(t, HEAD);
        gw[at] += LaneSums.sum(t, HEAD);
    }
}
