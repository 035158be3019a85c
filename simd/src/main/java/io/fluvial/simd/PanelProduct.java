package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.FEW_REGISTERS;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `y[r] += Σₖ w[r, k] · m[k]` for rows in panels of eight, whose weights of one column stand side by side: those of
/// row q of panel p at `wAt + p·panelStep + k·step + q`. That is how Wᵀ reads W, and how [PackedProduct] keeps W.
///
/// A tile of the result, eight rows by two vectors, stays in sixteen accumulators while k runs: ten loads (two vectors
/// and eight weights, broadcast) feed sixteen FMAs, and sixteen independent sums cover the latency of two FMA
/// units. One address and one check of bounds serve all eight weights; with an address for each row, as in
/// [Product], instructions come in too slowly: 87 of 100 FMAs of the peak instead of 96 at 64 × 64 × 128.
///
/// Each tile is a method of its own and holds nothing but its loop: C2 stops inlining vector operations when
/// a method grows, at a tenth of the speed.
final class PanelProduct {

    /// Rows of a panel.
    static final int ROWS = 8;

    /// Depth of one round: 64 rows of 128 lanes, 32 KiB, stay in the first-level cache while all panels pass by.
    private static final int ROUND = 64;

    private static final float[] ZEROS = new float[ROWS];

    private PanelProduct() {}

    /// Adds to y.
    static void add(
            float[] w,
            int wAt,
            int panelStep,
            int step,
            int panels,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int n) {
        rounds(w, wAt, panelStep, step, panels, 0, depth, m, from, stride, y, to, n);
    }

    /// Overwrites y: row r begins at `bias[biasAt + r]`, or at zero where `biasAt` is negative.
    static void set(
            float[] w,
            int wAt,
            int panelStep,
            int step,
            float[] bias,
            int biasAt,
            int panels,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int n) {
        int first = Math.min(ROUND, depth);
        for (int p = 0; p < panels; p++) {
            float[] start = biasAt < 0 ? ZEROS : bias;
            int startAt = biasAt < 0 ? 0 : biasAt + p * ROWS;
            begin(w, wAt + p * panelStep, step, start, startAt, first, m, from, stride, y, to + p * ROWS * stride, n);
        }
        rounds(w, wAt, panelStep, step, panels, first, depth, m, from, stride, y, to, n);
    }

    /// Adds what follows from column k on.
    private static void rounds(
            float[] w,
            int wAt,
            int panelStep,
            int step,
            int panels,
            int k,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int n) {
        for (; k < depth; k += ROUND) {
            int round = Math.min(ROUND, depth - k);
            for (int p = 0; p < panels; p++) {
                int at = wAt + p * panelStep + k * step;
                panel(w, at, step, round, m, from + k * stride, stride, y, to + p * ROWS * stride, 0, n);
            }
        }
    }

    private static void begin(
            float[] w,
            int at,
            int step,
            float[] bias,
            int biasAt,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int n) {
        int i = 0;
        if (!FEW_REGISTERS) {
            for (; i + LANES_2 <= n; i += LANES_2) {
                set8x2(w, at, step, bias, biasAt, depth, m, from + i, stride, y, to + i);
            }
        }
        if (i < n) {
            for (int q = 0; q < ROWS; q++) {
                int row = to + q * stride;
                Arrays.fill(y, row + i, row + n, bias[biasAt + q]);
            }
            panel(w, at, step, depth, m, from, stride, y, to, i, n);
        }
    }

    /// Lanes i … n − 1 of a panel's rows.
    private static void panel(
            float[] w, int at, int step, int depth, float[] m, int from, int stride, float[] y, int to, int i, int n) {
        if (FEW_REGISTERS) {
            int lower = to + 4 * stride;
            for (; i + LANES_2 <= n; i += LANES_2) {
                add4x2(w, at, step, depth, m, from + i, stride, y, to + i);
                add4x2(w, at + 4, step, depth, m, from + i, stride, y, lower + i);
            }
        } else {
            for (; i + LANES_2 <= n; i += LANES_2) {
                add8x2(w, at, step, depth, m, from + i, stride, y, to + i);
            }
        }
        if (i < n) {
            add8x1(w, at, step, depth, m, from + i, stride, y, to + i);
        }
    }

    /// Eight rows side by side that begin at `bias[biasAt + q]`; overwrites y.
    private static void set8x2(
            float[] w,
            int at,
            int step,
            float[] bias,
            int biasAt,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to) {
        FloatVector a0 = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector a1 = a0;
        FloatVector b0 = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector b1 = b0;
        FloatVector c0 = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c1 = c0;
        FloatVector d0 = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector d1 = d0;
        FloatVector e0 = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector e1 = e0;
        FloatVector f0 = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector f1 = f0;
        FloatVector g0 = FloatVector.broadcast(F, bias[biasAt + 6]);
        FloatVector g1 = g0;
        FloatVector h0 = FloatVector.broadcast(F, bias[biasAt + 7]);
        FloatVector h1 = h0;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from);
            FloatVector x1 = FloatVector.fromArray(F, m, from + LANES);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            u = FloatVector.broadcast(F, w[at + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + 3]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            u = FloatVector.broadcast(F, w[at + 4]);
            e0 = x0.fma(u, e0);
            e1 = x1.fma(u, e1);
            u = FloatVector.broadcast(F, w[at + 5]);
            f0 = x0.fma(u, f0);
            f1 = x1.fma(u, f1);
            u = FloatVector.broadcast(F, w[at + 6]);
            g0 = x0.fma(u, g0);
            g1 = x1.fma(u, g1);
            u = FloatVector.broadcast(F, w[at + 7]);
            h0 = x0.fma(u, h0);
            h1 = x1.fma(u, h1);
            at += step;
            from += stride;
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        to += stride;
        b0.intoArray(y, to);
        b1.intoArray(y, to + LANES);
        to += stride;
        c0.intoArray(y, to);
        c1.intoArray(y, to + LANES);
        to += stride;
        d0.intoArray(y, to);
        d1.intoArray(y, to + LANES);
        to += stride;
        e0.intoArray(y, to);
        e1.intoArray(y, to + LANES);
        to += stride;
        f0.intoArray(y, to);
        f1.intoArray(y, to + LANES);
        to += stride;
        g0.intoArray(y, to);
        g1.intoArray(y, to + LANES);
        to += stride;
        h0.intoArray(y, to);
        h1.intoArray(y, to + LANES);
    }

    /// Eight rows side by side.
    private static void add8x2(
            float[] w, int at, int step, int depth, float[] m, int from, int stride, float[] y, int to) {
        int to1 = to + stride;
        int to2 = to1 + stride;
        int to3 = to2 + stride;
        int to4 = to3 + stride;
        int to5 = to4 + stride;
        int to6 = to5 + stride;
        int to7 = to6 + stride;
        FloatVector a0 = FloatVector.fromArray(F, y, to);
        FloatVector a1 = FloatVector.fromArray(F, y, to + LANES);
        FloatVector b0 = FloatVector.fromArray(F, y, to1);
        FloatVector b1 = FloatVector.fromArray(F, y, to1 + LANES);
        FloatVector c0 = FloatVector.fromArray(F, y, to2);
        FloatVector c1 = FloatVector.fromArray(F, y, to2 + LANES);
        FloatVector d0 = FloatVector.fromArray(F, y, to3);
        FloatVector d1 = FloatVector.fromArray(F, y, to3 + LANES);
        FloatVector e0 = FloatVector.fromArray(F, y, to4);
        FloatVector e1 = FloatVector.fromArray(F, y, to4 + LANES);
        FloatVector f0 = FloatVector.fromArray(F, y, to5);
        FloatVector f1 = FloatVector.fromArray(F, y, to5 + LANES);
        FloatVector g0 = FloatVector.fromArray(F, y, to6);
        FloatVector g1 = FloatVector.fromArray(F, y, to6 + LANES);
        FloatVector h0 = FloatVector.fromArray(F, y, to7);
        FloatVector h1 = FloatVector.fromArray(F, y, to7 + LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from);
            FloatVector x1 = FloatVector.fromArray(F, m, from + LANES);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            u = FloatVector.broadcast(F, w[at + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + 3]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            u = FloatVector.broadcast(F, w[at + 4]);
            e0 = x0.fma(u, e0);
            e1 = x1.fma(u, e1);
            u = FloatVector.broadcast(F, w[at + 5]);
            f0 = x0.fma(u, f0);
            f1 = x1.fma(u, f1);
            u = FloatVector.broadcast(F, w[at + 6]);
            g0 = x0.fma(u, g0);
            g1 = x1.fma(u, g1);
            u = FloatVector.broadcast(F, w[at + 7]);
            h0 = x0.fma(u, h0);
            h1 = x1.fma(u, h1);
            at += step;
            from += stride;
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        b0.intoArray(y, to1);
        b1.intoArray(y, to1 + LANES);
        c0.intoArray(y, to2);
        c1.intoArray(y, to2 + LANES);
        d0.intoArray(y, to3);
        d1.intoArray(y, to3 + LANES);
        e0.intoArray(y, to4);
        e1.intoArray(y, to4 + LANES);
        f0.intoArray(y, to5);
        f1.intoArray(y, to5 + LANES);
        g0.intoArray(y, to6);
        g1.intoArray(y, to6 + LANES);
        h0.intoArray(y, to7);
        h1.intoArray(y, to7 + LANES);
    }

    private static void add8x1(
            float[] w, int at, int step, int depth, float[] m, int from, int stride, float[] y, int to) {
        int to1 = to + stride;
        int to2 = to1 + stride;
        int to3 = to2 + stride;
        int to4 = to3 + stride;
        int to5 = to4 + stride;
        int to6 = to5 + stride;
        int to7 = to6 + stride;
        FloatVector a = FloatVector.fromArray(F, y, to);
        FloatVector b = FloatVector.fromArray(F, y, to1);
        FloatVector c = FloatVector.fromArray(F, y, to2);
        FloatVector d = FloatVector.fromArray(F, y, to3);
        FloatVector e = FloatVector.fromArray(F, y, to4);
        FloatVector f = FloatVector.fromArray(F, y, to5);
        FloatVector g = FloatVector.fromArray(F, y, to6);
        FloatVector h = FloatVector.fromArray(F, y, to7);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(F, m, from);
            a = x.fma(FloatVector.broadcast(F, w[at]), a);
            b = x.fma(FloatVector.broadcast(F, w[at + 1]), b);
            c = x.fma(FloatVector.broadcast(F, w[at + 2]), c);
            d = x.fma(FloatVector.broadcast(F, w[at + 3]), d);
            e = x.fma(FloatVector.broadcast(F, w[at + 4]), e);
            f = x.fma(FloatVector.broadcast(F, w[at + 5]), f);
            g = x.fma(FloatVector.broadcast(F, w[at + 6]), g);
            h = x.fma(FloatVector.broadcast(F, w[at + 7]), h);
            at += step;
            from += stride;
        }
        a.intoArray(y, to);
        b.intoArray(y, to1);
        c.intoArray(y, to2);
        d.intoArray(y, to3);
        e.intoArray(y, to4);
        f.intoArray(y, to5);
        g.intoArray(y, to6);
        h.intoArray(y, to7);
    }

    /// For processors with sixteen registers, where sixteen accumulators do not fit.
    private static void add4x2(
            float[] w, int at, int step, int depth, float[] m, int from, int stride, float[] y, int to) {
        int to1 = to + stride;
        int to2 = to1 + stride;
        int to3 = to2 + stride;
        FloatVector a0 = FloatVector.fromArray(F, y, to);
        FloatVector a1 = FloatVector.fromArray(F, y, to + LANES);
        FloatVector b0 = FloatVector.fromArray(F, y, to1);
        FloatVector b1 = FloatVector.fromArray(F, y, to1 + LANES);
        FloatVector c0 = FloatVector.fromArray(F, y, to2);
        FloatVector c1 = FloatVector.fromArray(F, y, to2 + LANES);
        FloatVector d0 = FloatVector.fromArray(F, y, to3);
        FloatVector d1 = FloatVector.fromArray(F, y, to3 + LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from);
            FloatVector x1 = FloatVector.fromArray(F, m, from + LANES);
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            u = FloatVector.broadcast(F, w[at + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + 3]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            at += step;
            from += stride;
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        b0.intoArray(y, to1);
        b1.intoArray(y, to1 + LANES);
        c0.intoArray(y, to2);
        c1.intoArray(y, to2 + LANES);
        d0.intoArray(y, to3);
        d1.intoArray(y, to3 + LANES);
    }
}
