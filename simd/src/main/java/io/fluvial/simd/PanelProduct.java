package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.FEW_REGISTERS;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.ROW;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `y[r] = b[r] + Σₖ w[r, k] · m[k]`, or added to what is there, for rows in panels of eight: W·X with packed weights
/// ([PackedProduct]), and Wᵀ·G, which packs as it goes.
///
/// The weights of two panels stand side by side, sixteen for each column, a cache line: see [#at]. A tile of the
/// result, eight rows by two vectors, stays in sixteen accumulators while k runs: ten loads (two vectors and eight
/// weights, broadcast) feed sixteen FMAs, and sixteen independent sums cover the latency of two FMA units. Both
/// distances of a step are constants, that of the weights and that of m's rows in a whole block: the compiler then
/// checks bounds before the loop and not in it, and needs one address for all weights. Otherwise instructions come in
/// too slowly. Rows at another distance are left to a smaller tile.
///
/// Each tile is a method of its own and holds nothing but its loop: C2 stops inlining vector operations when
/// a method grows, at a tenth of the speed.
final class PanelProduct {

    /// Rows of a panel.
    static final int ROWS = 8;

    /// Weights side by side for each column: those of two panels, a cache line.
    private static final int COLUMN = 2 * ROWS;

    /// Depth of one round: 64 rows of 128 lanes, 32 KiB, stay in the first-level cache while all panels pass by.
    private static final int ROUND = 64;

    private static final float[] ZEROS = new float[ROWS];

    /// Room for the weights of two panels and a round.
    private static final ThreadLocal<float[]> PAIR = ThreadLocal.withInitial(() -> new float[HEAD + ROUND * COLUMN]);

    private PanelProduct() {}

    /// The length of an array for the packed weights of so many panels.
    static int size(int panels, int depth) {
        return HEAD + (panels + 1) / 2 * COLUMN * depth;
    }

    /// Where the packed weight of row r and column k stands.
    static int at(int r, int k, int depth) {
        return HEAD + (r / COLUMN * depth + k) * COLUMN + r % COLUMN;
    }

    /// Overwrites y with packed weights: row r begins at `bias[biasAt + r]`, or at zero where `biasAt` is negative.
    static void set(
            float[] packed,
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
        for (int k = 0; k < depth; k += ROUND) {
            int round = Math.min(ROUND, depth - k);
            for (int p = 0; p < panels; p++) {
                int at = at(p * ROWS, k, depth);
                int row = to + p * ROWS * stride;
                if (k > 0) {
                    add(packed, at, round, m, from + k * stride, stride, y, row, 0, n);
                } else if (biasAt < 0) {
                    begin(packed, at, ZEROS, 0, round, m, from, stride, y, row, n);
                } else {
                    begin(packed, at, bias, biasAt + p * ROWS, round, m, from, stride, y, row, n);
                }
            }
        }
    }

    /// The same with rows of Wᵀ, where W is `[depth × columns]` and stands as it is; added to y, or not. Weights are
    /// copied, 2 % of the work: columns of W may lie at distances that share few places of the cache.
    static void transposed(
            float[] w,
            int wAt,
            int columns,
            int panels,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            boolean add,
            int n) {
        float[] pair = PAIR.get();
        int k = 0;
        do {
            int round = Math.min(ROUND, depth - k);
            for (int p = 0; p < panels; p++) {
                if (p % 2 == 0) {
                    pack(w, wAt + k * columns + p * ROWS, columns, Math.min(2, panels - p) * ROWS, round, pair);
                }
                int at = HEAD + p % 2 * ROWS;
                int row = to + p * ROWS * stride;
                if (add || k > 0) {
                    add(pair, at, round, m, from + k * stride, stride, y, row, 0, n);
                } else {
                    begin(pair, at, ZEROS, 0, round, m, from, stride, y, row, n);
                }
            }
            k += ROUND;
        } while (k < depth);
    }

    private static void pack(float[] w, int at, int columns, int width, int round, float[] pair) {
        if (width % LANES == 0) {
            for (int j = 0; j < width; j += LANES) {
                copy(w, at + j, columns, round, pair, j);
            }
        } else {
            for (int k = 0; k < round; k++) {
                System.arraycopy(w, at + k * columns, pair, HEAD + k * COLUMN, width);
            }
        }
    }

    private static void copy(float[] w, int at, int columns, int round, float[] pair, int to) {
        for (int k = 0; k < round; k++) {
            FloatVector.fromArray(F, w, at + k * columns).intoArray(pair, HEAD + k * COLUMN + to);
        }
    }

    private static void begin(
            float[] w,
            int at,
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
        if (!FEW_REGISTERS && stride == ROW) {
            for (; i + LANES_2 <= n; i += LANES_2) {
                set8x2(w, at, bias, biasAt, depth, m, from + i, y, to + i);
            }
        }
        if (i < n) {
            for (int q = 0; q < ROWS; q++) {
                int row = to + q * stride;
                Arrays.fill(y, row + i, row + n, bias[biasAt + q]);
            }
            add(w, at, depth, m, from, stride, y, to, i, n);
        }
    }

    /// Lanes i … n − 1 of a panel's rows.
    private static void add(
            float[] w, int at, int depth, float[] m, int from, int stride, float[] y, int to, int i, int n) {
        if (stride == ROW) {
            for (; i + LANES_2 <= n; i += LANES_2) {
                if (FEW_REGISTERS) {
                    add4x2(w, at, depth, m, from + i, y, to + i);
                    add4x2(w, at + 4, depth, m, from + i, y, to + 4 * ROW + i);
                } else {
                    add8x2(w, at, depth, m, from + i, y, to + i);
                }
            }
        }
        for (; i < n; i += LANES) {
            add8x1(w, at, depth, m, from + i, stride, y, to + i);
        }
    }

    /// Eight rows side by side that begin at `bias[biasAt + q]`; overwrites y.
    private static void set8x2(
            float[] w, int at, float[] bias, int biasAt, int depth, float[] m, int from, float[] y, int to) {
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
            FloatVector x0 = FloatVector.fromArray(F, m, from + k * ROW);
            FloatVector x1 = FloatVector.fromArray(F, m, from + k * ROW + LANES);
            FloatVector u = FloatVector.broadcast(F, w[at + k * COLUMN]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 3]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 4]);
            e0 = x0.fma(u, e0);
            e1 = x1.fma(u, e1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 5]);
            f0 = x0.fma(u, f0);
            f1 = x1.fma(u, f1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 6]);
            g0 = x0.fma(u, g0);
            g1 = x1.fma(u, g1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 7]);
            h0 = x0.fma(u, h0);
            h1 = x1.fma(u, h1);
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        to += ROW;
        b0.intoArray(y, to);
        b1.intoArray(y, to + LANES);
        to += ROW;
        c0.intoArray(y, to);
        c1.intoArray(y, to + LANES);
        to += ROW;
        d0.intoArray(y, to);
        d1.intoArray(y, to + LANES);
        to += ROW;
        e0.intoArray(y, to);
        e1.intoArray(y, to + LANES);
        to += ROW;
        f0.intoArray(y, to);
        f1.intoArray(y, to + LANES);
        to += ROW;
        g0.intoArray(y, to);
        g1.intoArray(y, to + LANES);
        to += ROW;
        h0.intoArray(y, to);
        h1.intoArray(y, to + LANES);
    }

    /// Eight rows side by side.
    private static void add8x2(float[] w, int at, int depth, float[] m, int from, float[] y, int to) {
        int to1 = to + ROW;
        int to2 = to1 + ROW;
        int to3 = to2 + ROW;
        int to4 = to3 + ROW;
        int to5 = to4 + ROW;
        int to6 = to5 + ROW;
        int to7 = to6 + ROW;
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
            FloatVector x0 = FloatVector.fromArray(F, m, from + k * ROW);
            FloatVector x1 = FloatVector.fromArray(F, m, from + k * ROW + LANES);
            FloatVector u = FloatVector.broadcast(F, w[at + k * COLUMN]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 3]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 4]);
            e0 = x0.fma(u, e0);
            e1 = x1.fma(u, e1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 5]);
            f0 = x0.fma(u, f0);
            f1 = x1.fma(u, f1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 6]);
            g0 = x0.fma(u, g0);
            g1 = x1.fma(u, g1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 7]);
            h0 = x0.fma(u, h0);
            h1 = x1.fma(u, h1);
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

    private static void add8x1(float[] w, int at, int depth, float[] m, int from, int stride, float[] y, int to) {
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
            a = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN]), a);
            b = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 1]), b);
            c = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 2]), c);
            d = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 3]), d);
            e = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 4]), e);
            f = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 5]), f);
            g = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 6]), g);
            h = x.fma(FloatVector.broadcast(F, w[at + k * COLUMN + 7]), h);
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
    private static void add4x2(float[] w, int at, int depth, float[] m, int from, float[] y, int to) {
        int to1 = to + ROW;
        int to2 = to1 + ROW;
        int to3 = to2 + ROW;
        FloatVector a0 = FloatVector.fromArray(F, y, to);
        FloatVector a1 = FloatVector.fromArray(F, y, to + LANES);
        FloatVector b0 = FloatVector.fromArray(F, y, to1);
        FloatVector b1 = FloatVector.fromArray(F, y, to1 + LANES);
        FloatVector c0 = FloatVector.fromArray(F, y, to2);
        FloatVector c1 = FloatVector.fromArray(F, y, to2 + LANES);
        FloatVector d0 = FloatVector.fromArray(F, y, to3);
        FloatVector d1 = FloatVector.fromArray(F, y, to3 + LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from + k * ROW);
            FloatVector x1 = FloatVector.fromArray(F, m, from + k * ROW + LANES);
            FloatVector u = FloatVector.broadcast(F, w[at + k * COLUMN]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 2]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + k * COLUMN + 3]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
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
