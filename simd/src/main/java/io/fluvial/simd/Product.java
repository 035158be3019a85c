package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.FEW_REGISTERS;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;
import static io.fluvial.simd.Width.LANES_4;
import static io.fluvial.simd.Width.ROW;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `y[r] += Σₖ w[r·rowStep + k·depthStep] · m[k]` for every lane: W·X, where weights that stay are not packed
/// ([PackedProduct]), and the few rows that panels of eight leave over ([PanelProduct]); rows
/// of m at `from + k·stride`, rows of y at `to + r·toStride`. m and y may be one array.
///
/// A tile of the result, four rows by four vectors, stays in sixteen accumulators while k runs: eight loads
/// (four vectors and four weights, broadcast) feed sixteen FMAs, and sixteen independent sums cover the
/// latency of two FMA units. Rows and vectors that four does not divide take the smaller tiles. Inside a
/// strip of vectors all rows are done before the next, so that the strip of m stays in the first-level cache.
///
/// Each tile is a method of its own and holds nothing but its loop: C2 stops inlining vector operations when
/// a method grows, at a tenth of the speed.
final class Product {

    /// Depth of one round: 64 rows of a strip, 16 KiB at 512 bits, stay in the first-level cache while all
    /// rows of the result pass by. Without rounds 512 × 512 × 128 runs at 150 instead of 210 GFLOP/s.
    private static final int BLOCK = 64;

    /// Room for a vector of equal biases for each of four rows.
    private static final ThreadLocal<float[]> START = ThreadLocal.withInitial(() -> new float[LANES_4]);

    private Product() {}

    /// Adds to y.
    static void add(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride,
            int n) {
        int i = 0;
        for (; i + LANES_4 <= n && !FEW_REGISTERS; i += LANES_4) {
            rounds(w, wAt, rowStep, depthStep, rows, 0, depth, m, from + i, stride, y, to + i, toStride);
        }
        last(w, wAt, rowStep, depthStep, rows, depth, m, from, stride, y, to, toStride, i, n);
    }

    /// Overwrites y: rows begin at `w[biasAt + r]`, or at zero where `biasAt` is negative. The first round of a
    /// strip takes that from registers; to fill y before and read it again costs as much as five columns.
    static void set(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int biasAt,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride,
            int n) {
        float[] start = START.get();
        int first = Math.min(BLOCK, depth);
        int i = 0;
        for (; i + LANES_4 <= n && !FEW_REGISTERS; i += LANES_4) {
            begin(w, wAt, rowStep, depthStep, biasAt, rows, first, m, from + i, stride, y, to + i, toStride, start);
            rounds(w, wAt, rowStep, depthStep, rows, first, depth, m, from + i, stride, y, to + i, toStride);
        }
        for (int r = 0; r < rows && i < n; r++) {
            int row = to + r * toStride;
            Arrays.fill(y, row + i, row + n, bias(w, biasAt, r));
        }
        last(w, wAt, rowStep, depthStep, rows, depth, m, from, stride, y, to, toStride, i, n);
    }

    private static float bias(float[] w, int biasAt, int r) {
        return biasAt < 0 ? 0f : w[biasAt + r];
    }

    /// What a strip of four vectors adds up from column k on.
    private static void rounds(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int k,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride) {
        for (; k < depth; k += BLOCK) {
            int round = Math.min(BLOCK, depth - k);
            int at = wAt + k * depthStep;
            strip4(w, at, rowStep, depthStep, rows, round, m, from + k * stride, stride, y, to, toStride);
        }
    }

    /// Lanes i … n − 1: fewer than four vectors, or all where sixteen accumulators do not fit.
    private static void last(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride,
            int i,
            int n) {
        for (; i + LANES_2 <= n; i += LANES_2) {
            strip2(w, wAt, rowStep, depthStep, rows, depth, m, from + i, stride, y, to + i, toStride);
        }
        for (; i < n; i += LANES) {
            strip1(w, wAt, rowStep, depthStep, rows, depth, m, from + i, stride, y, to + i, toStride);
        }
    }

    static void strip4(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            int at = wAt + r * rowStep;
            int row = to + r * toStride;
            if (depthStep == 1 && stride == ROW) {
                block4x4(w, at, rowStep, depth, m, from, y, row, toStride, y, row, LANES, toStride);
            } else {
                tile4x4(w, at, rowStep, depthStep, depth, m, from, stride, y, row, toStride, y, row, LANES, toStride);
            }
        }
        if (r + 2 <= rows) {
            int at = wAt + r * rowStep;
            int row = to + r * toStride;
            tile2x4(w, at, at + rowStep, depthStep, depth, m, from, stride, y, row, row + toStride);
            r += 2;
        }
        if (r < rows) {
            tile1x4(w, wAt + r * rowStep, depthStep, depth, m, from, stride, y, to + r * toStride);
        }
    }

    /// As [#strip4], from the biases.
    private static void begin(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int biasAt,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride,
            float[] start) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            for (int q = 0; q < 4; q++) {
                FloatVector.broadcast(F, bias(w, biasAt, r + q)).intoArray(start, q * LANES);
            }
            int at = wAt + r * rowStep;
            int row = to + r * toStride;
            if (depthStep == 1 && stride == ROW) {
                block4x4(w, at, rowStep, depth, m, from, y, row, toStride, start, 0, 0, LANES);
            } else {
                tile4x4(w, at, rowStep, depthStep, depth, m, from, stride, y, row, toStride, start, 0, 0, LANES);
            }
        }
        for (int q = r; q < rows; q++) {
            int row = to + q * toStride;
            Arrays.fill(y, row, row + LANES_4, bias(w, biasAt, q));
        }
        strip4(
                w,
                wAt + r * rowStep,
                rowStep,
                depthStep,
                rows - r,
                depth,
                m,
                from,
                stride,
                y,
                to + r * toStride,
                toStride);
    }

    static void strip2(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            tile4x2(w, wAt + r * rowStep, rowStep, depthStep, depth, m, from, stride, y, to + r * toStride, toStride);
        }
        for (; r < rows; r++) {
            tile1x1(w, wAt + r * rowStep, depthStep, depth, m, from, stride, y, to + r * toStride);
            tile1x1(w, wAt + r * rowStep, depthStep, depth, m, from + LANES, stride, y, to + r * toStride + LANES);
        }
    }

    static void strip1(
            float[] w,
            int wAt,
            int rowStep,
            int depthStep,
            int rows,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            tile4x1(w, wAt + r * rowStep, rowStep, depthStep, depth, m, from, stride, y, to + r * toStride, toStride);
        }
        for (; r < rows; r++) {
            tile1x1(w, wAt + r * rowStep, depthStep, depth, m, from, stride, y, to + r * toStride);
        }
    }

    /// Vector v of row r begins as what stands in `start` at `startAt + r · startStride + v · startStep`.
    private static void tile4x4(
            float[] w,
            int at,
            int rowStep,
            int depthStep,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride,
            float[] start,
            int startAt,
            int startStep,
            int startStride) {
        int to1 = to + toStride;
        int to2 = to1 + toStride;
        int to3 = to2 + toStride;
        int start1 = startAt + startStride;
        int start2 = start1 + startStride;
        int start3 = start2 + startStride;
        FloatVector a0 = FloatVector.fromArray(F, start, startAt);
        FloatVector a1 = FloatVector.fromArray(F, start, startAt + startStep);
        FloatVector a2 = FloatVector.fromArray(F, start, startAt + 2 * startStep);
        FloatVector a3 = FloatVector.fromArray(F, start, startAt + 3 * startStep);
        FloatVector b0 = FloatVector.fromArray(F, start, start1);
        FloatVector b1 = FloatVector.fromArray(F, start, start1 + startStep);
        FloatVector b2 = FloatVector.fromArray(F, start, start1 + 2 * startStep);
        FloatVector b3 = FloatVector.fromArray(F, start, start1 + 3 * startStep);
        FloatVector c0 = FloatVector.fromArray(F, start, start2);
        FloatVector c1 = FloatVector.fromArray(F, start, start2 + startStep);
        FloatVector c2 = FloatVector.fromArray(F, start, start2 + 2 * startStep);
        FloatVector c3 = FloatVector.fromArray(F, start, start2 + 3 * startStep);
        FloatVector d0 = FloatVector.fromArray(F, start, start3);
        FloatVector d1 = FloatVector.fromArray(F, start, start3 + startStep);
        FloatVector d2 = FloatVector.fromArray(F, start, start3 + 2 * startStep);
        FloatVector d3 = FloatVector.fromArray(F, start, start3 + 3 * startStep);
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
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        a2.intoArray(y, to + LANES_2);
        a3.intoArray(y, to + LANES_3);
        b0.intoArray(y, to1);
        b1.intoArray(y, to1 + LANES);
        b2.intoArray(y, to1 + LANES_2);
        b3.intoArray(y, to1 + LANES_3);
        c0.intoArray(y, to2);
        c1.intoArray(y, to2 + LANES);
        c2.intoArray(y, to2 + LANES_2);
        c3.intoArray(y, to2 + LANES_3);
        d0.intoArray(y, to3);
        d1.intoArray(y, to3 + LANES);
        d2.intoArray(y, to3 + LANES_2);
        d3.intoArray(y, to3 + LANES_3);
    }

    /// As [#tile4x4], for a step of 1 between columns and rows of m as far apart as in a whole block: with constants
    /// there, the compiler checks bounds before the loop and not in it.
    private static void block4x4(
            float[] w,
            int at,
            int rowStep,
            int depth,
            float[] m,
            int from,
            float[] y,
            int to,
            int toStride,
            float[] start,
            int startAt,
            int startStep,
            int startStride) {
        int to1 = to + toStride;
        int to2 = to1 + toStride;
        int to3 = to2 + toStride;
        int start1 = startAt + startStride;
        int start2 = start1 + startStride;
        int start3 = start2 + startStride;
        FloatVector a0 = FloatVector.fromArray(F, start, startAt);
        FloatVector a1 = FloatVector.fromArray(F, start, startAt + startStep);
        FloatVector a2 = FloatVector.fromArray(F, start, startAt + 2 * startStep);
        FloatVector a3 = FloatVector.fromArray(F, start, startAt + 3 * startStep);
        FloatVector b0 = FloatVector.fromArray(F, start, start1);
        FloatVector b1 = FloatVector.fromArray(F, start, start1 + startStep);
        FloatVector b2 = FloatVector.fromArray(F, start, start1 + 2 * startStep);
        FloatVector b3 = FloatVector.fromArray(F, start, start1 + 3 * startStep);
        FloatVector c0 = FloatVector.fromArray(F, start, start2);
        FloatVector c1 = FloatVector.fromArray(F, start, start2 + startStep);
        FloatVector c2 = FloatVector.fromArray(F, start, start2 + 2 * startStep);
        FloatVector c3 = FloatVector.fromArray(F, start, start2 + 3 * startStep);
        FloatVector d0 = FloatVector.fromArray(F, start, start3);
        FloatVector d1 = FloatVector.fromArray(F, start, start3 + startStep);
        FloatVector d2 = FloatVector.fromArray(F, start, start3 + 2 * startStep);
        FloatVector d3 = FloatVector.fromArray(F, start, start3 + 3 * startStep);
        int at1 = at + rowStep;
        int at2 = at1 + rowStep;
        int at3 = at2 + rowStep;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(F, m, from + k * ROW);
            FloatVector x1 = FloatVector.fromArray(F, m, from + k * ROW + LANES);
            FloatVector x2 = FloatVector.fromArray(F, m, from + k * ROW + LANES_2);
            FloatVector x3 = FloatVector.fromArray(F, m, from + k * ROW + LANES_3);
            FloatVector u = FloatVector.broadcast(F, w[at + k]);
            a0 = x0.fma(u, a0);
            a1 = x1.fma(u, a1);
            a2 = x2.fma(u, a2);
            a3 = x3.fma(u, a3);
            u = FloatVector.broadcast(F, w[at1 + k]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            b2 = x2.fma(u, b2);
            b3 = x3.fma(u, b3);
            u = FloatVector.broadcast(F, w[at2 + k]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            c2 = x2.fma(u, c2);
            c3 = x3.fma(u, c3);
            u = FloatVector.broadcast(F, w[at3 + k]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            d2 = x2.fma(u, d2);
            d3 = x3.fma(u, d3);
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        a2.intoArray(y, to + LANES_2);
        a3.intoArray(y, to + LANES_3);
        b0.intoArray(y, to1);
        b1.intoArray(y, to1 + LANES);
        b2.intoArray(y, to1 + LANES_2);
        b3.intoArray(y, to1 + LANES_3);
        c0.intoArray(y, to2);
        c1.intoArray(y, to2 + LANES);
        c2.intoArray(y, to2 + LANES_2);
        c3.intoArray(y, to2 + LANES_3);
        d0.intoArray(y, to3);
        d1.intoArray(y, to3 + LANES);
        d2.intoArray(y, to3 + LANES_2);
        d3.intoArray(y, to3 + LANES_3);
    }

    private static void tile2x4(
            float[] w,
            int at,
            int at1,
            int depthStep,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int to1) {
        FloatVector a0 = FloatVector.fromArray(F, y, to);
        FloatVector a1 = FloatVector.fromArray(F, y, to + LANES);
        FloatVector a2 = FloatVector.fromArray(F, y, to + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, y, to + LANES_3);
        FloatVector b0 = FloatVector.fromArray(F, y, to1);
        FloatVector b1 = FloatVector.fromArray(F, y, to1 + LANES);
        FloatVector b2 = FloatVector.fromArray(F, y, to1 + LANES_2);
        FloatVector b3 = FloatVector.fromArray(F, y, to1 + LANES_3);
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
            u = FloatVector.broadcast(F, w[at1]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            b2 = x2.fma(u, b2);
            b3 = x3.fma(u, b3);
            at += depthStep;
            at1 += depthStep;
            from += stride;
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        a2.intoArray(y, to + LANES_2);
        a3.intoArray(y, to + LANES_3);
        b0.intoArray(y, to1);
        b1.intoArray(y, to1 + LANES);
        b2.intoArray(y, to1 + LANES_2);
        b3.intoArray(y, to1 + LANES_3);
    }

    private static void tile4x2(
            float[] w,
            int at,
            int rowStep,
            int depthStep,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride) {
        int to1 = to + toStride;
        int to2 = to1 + toStride;
        int to3 = to2 + toStride;
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
            u = FloatVector.broadcast(F, w[at + rowStep]);
            b0 = x0.fma(u, b0);
            b1 = x1.fma(u, b1);
            u = FloatVector.broadcast(F, w[at + 2 * rowStep]);
            c0 = x0.fma(u, c0);
            c1 = x1.fma(u, c1);
            u = FloatVector.broadcast(F, w[at + 3 * rowStep]);
            d0 = x0.fma(u, d0);
            d1 = x1.fma(u, d1);
            at += depthStep;
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

    private static void tile4x1(
            float[] w,
            int at,
            int rowStep,
            int depthStep,
            int depth,
            float[] m,
            int from,
            int stride,
            float[] y,
            int to,
            int toStride) {
        FloatVector a = FloatVector.fromArray(F, y, to);
        FloatVector b = FloatVector.fromArray(F, y, to + toStride);
        FloatVector c = FloatVector.fromArray(F, y, to + 2 * toStride);
        FloatVector d = FloatVector.fromArray(F, y, to + 3 * toStride);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(F, m, from);
            a = x.fma(FloatVector.broadcast(F, w[at]), a);
            b = x.fma(FloatVector.broadcast(F, w[at + rowStep]), b);
            c = x.fma(FloatVector.broadcast(F, w[at + 2 * rowStep]), c);
            d = x.fma(FloatVector.broadcast(F, w[at + 3 * rowStep]), d);
            at += depthStep;
            from += stride;
        }
        a.intoArray(y, to);
        b.intoArray(y, to + toStride);
        c.intoArray(y, to + 2 * toStride);
        d.intoArray(y, to + 3 * toStride);
    }

    static void tile1x4(
            float[] w, int at, int depthStep, int depth, float[] m, int from, int stride, float[] y, int to) {
        FloatVector a0 = FloatVector.fromArray(F, y, to);
        FloatVector a1 = FloatVector.fromArray(F, y, to + LANES);
        FloatVector a2 = FloatVector.fromArray(F, y, to + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, y, to + LANES_3);
        for (int k = 0; k < depth; k++) {
            FloatVector u = FloatVector.broadcast(F, w[at]);
            a0 = FloatVector.fromArray(F, m, from).fma(u, a0);
            a1 = FloatVector.fromArray(F, m, from + LANES).fma(u, a1);
            a2 = FloatVector.fromArray(F, m, from + LANES_2).fma(u, a2);
            a3 = FloatVector.fromArray(F, m, from + LANES_3).fma(u, a3);
            at += depthStep;
            from += stride;
        }
        a0.intoArray(y, to);
        a1.intoArray(y, to + LANES);
        a2.intoArray(y, to + LANES_2);
        a3.intoArray(y, to + LANES_3);
    }

    static void tile1x1(
            float[] w, int at, int depthStep, int depth, float[] m, int from, int stride, float[] y, int to) {
        FloatVector a = FloatVector.fromArray(F, y, to);
        for (int k = 0; k < depth; k++) {
            a = FloatVector.fromArray(F, m, from).fma(FloatVector.broadcast(F, w[at]), a);
            at += depthStep;
            from += stride;
        }
        a.intoArray(y, to);
    }
}
