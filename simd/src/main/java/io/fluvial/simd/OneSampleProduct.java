package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;
import static io.fluvial.simd.Width.LANES_4;

import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// y = W·x + b for one x, from a copy of W that is transposed once: a vector holds rows of the result, and runs over
/// the columns in order, so that every row adds the same products in the same order as [Product] – the same bits.
///
/// A masked W is done for the columns that all rows of a tile see; those that only the later rows see
/// follow in narrower tiles and at last one by one, and nothing that a row must not see is multiplied,
/// not even by zero.
final class OneSampleProduct implements FixedKernels.FixedProduct {

    private final float[] w;
    private final int wAt;
    private final int biasAt;
    private final @Nullable Staircase shape; // of a masked W
    private final int rows;
    private final int padded;
    /// Where row r starts among the weights, and how many columns it sees.
    private final int[] start;

    private final int[] length;
    private final boolean masked;
    /// The bias, then the columns of W, each `padded` long.
    private final float[] columns;

    private final float[] y;

    private OneSampleProduct(float[] w, int wAt, int biasAt, @Nullable Staircase shape, int[] start, int[] length) {
        this.w = w;
        this.wAt = wAt;
        this.biasAt = biasAt;
        this.shape = shape;
        this.rows = length.length;
        this.padded = Math.ceilDiv(rows, LANES) * LANES;
        this.start = start;
        this.length = length;
        this.masked = rows > 0 && length[0] < length[rows - 1];
        int depth = rows == 0 ? 0 : length[rows - 1];
        this.columns = new float[HEAD + (depth + 1) * padded];
        this.y = new float[HEAD + padded];
        for (int r = 0; r < rows; r++) {
            columns[HEAD + r] = biasAt < 0 ? 0f : w[biasAt + r];
            for (int k = 0; k < length[r]; k++) {
                columns[HEAD + (k + 1) * padded + r] = w[start[r] + k];
            }
        }
    }

    static OneSampleProduct dense(float[] w, int wAt, int biasAt, int rows, int depth) {
        int[] start = new int[rows];
        int[] length = new int[rows];
        Arrays.fill(length, depth);
        for (int r = 0; r < rows; r++) {
            start[r] = wAt + r * depth;
        }
        return new OneSampleProduct(w, wAt, biasAt, null, start, length);
    }

    static OneSampleProduct masked(Staircase shape, float[] w, int wAt, int biasAt) {
        int[] start = new int[shape.rows()];
        int[] length = new int[shape.rows()];
        for (int r = 0; r < start.length; r++) {
            start[r] = wAt + shape.start(r);
            length[r] = shape.length(r);
        }
        return new OneSampleProduct(w, wAt, biasAt, shape, start, length);
    }

    /// Where the weights stand that were copied.
    int weights() {
        return wAt;
    }

    /// Whether it is the product of this matrix and no other at the same place.
    boolean is(int biasAt, int rows, int depth) {
        return shape == null && this.biasAt == biasAt && this.rows == rows && (rows == 0 || length[0] == depth);
    }

    /// Whether it is the product of the very masked matrix.
    boolean is(Staircase shape, int biasAt) {
        return this.shape == shape && this.biasAt == biasAt;
    }

    /// Reads lane 0 of the rows at `in`; writes all n lanes of those at `out`.
    @Override
    public void apply(float[] d, int in, int out, int stride, int n) {
        System.arraycopy(columns, HEAD, y, HEAD, padded);
        for (int r = 0; r + LANES_4 <= padded; r += LANES_4) {
            tile4(columns, padded, r, length[r], d, in, stride, y);
        }
        int wide = padded / LANES_4 * LANES_4;
        for (int r = 0; r < padded; r += LANES) {
            int done = r < wide ? length[r / LANES_4 * LANES_4] : 0;
            tile1(columns, padded, r, done, length[r], d, in, stride, y);
        }
        if (masked) {
            rest(d, in, stride);
        }
        spread(y, rows, d, out, stride, n);
    }

    private static void tile4(float[] columns, int padded, int r, int depth, float[] d, int in, int stride, float[] y) {
        FloatVector a0 = FloatVector.fromArray(F, y, HEAD + r);
        FloatVector a1 = FloatVector.fromArray(F, y, HEAD + r + LANES);
        FloatVector a2 = FloatVector.fromArray(F, y, HEAD + r + LANES_2);
        FloatVector a3 = FloatVector.fromArray(F, y, HEAD + r + LANES_3);
        int at = HEAD + r;
        for (int k = 0; k < depth; k++) {
            at += padded;
            FloatVector x = FloatVector.broadcast(F, d[in + k * stride]);
            a0 = FloatVector.fromArray(F, columns, at).fma(x, a0);
            a1 = FloatVector.fromArray(F, columns, at + LANES).fma(x, a1);
            a2 = FloatVector.fromArray(F, columns, at + LANES_2).fma(x, a2);
            a3 = FloatVector.fromArray(F, columns, at + LANES_3).fma(x, a3);
        }
        a0.intoArray(y, HEAD + r);
        a1.intoArray(y, HEAD + r + LANES);
        a2.intoArray(y, HEAD + r + LANES_2);
        a3.intoArray(y, HEAD + r + LANES_3);
    }

    /// Columns `from … to − 1` of one vector of rows.
    private static void tile1(
            float[] columns, int padded, int r, int from, int to, float[] d, int in, int stride, float[] y) {
        FloatVector a = FloatVector.fromArray(F, y, HEAD + r);
        int at = HEAD + r + from * padded;
        for (int k = from; k < to; k++) {
            at += padded;
            a = FloatVector.fromArray(F, columns, at).fma(FloatVector.broadcast(F, d[in + k * stride]), a);
        }
        a.intoArray(y, HEAD + r);
    }

    /// The columns that a row sees beyond those of its vector's first row.
    private void rest(float[] d, int in, int stride) {
        for (int r = 0; r < rows; r++) {
            float sum = y[HEAD + r];
            for (int k = length[r / LANES * LANES]; k < length[r]; k++) {
                sum = Math.fma(w[start[r] + k], d[in + k * stride], sum);
            }
            y[HEAD + r] = sum;
        }
    }

    private static void spread(float[] y, int rows, float[] d, int out, int stride, int n) {
        if (n == LANES) { // a loop of its own: the inner one below costs more than its store
            for (int r = 0; r < rows; r++) {
                FloatVector.broadcast(F, y[HEAD + r]).intoArray(d, out + r * stride);
            }
            return;
        }
        for (int r = 0; r < rows; r++) {
            FloatVector v = FloatVector.broadcast(F, y[HEAD + r]);
            for (int i = 0; i < n; i += LANES) {
                v.intoArray(d, out + r * stride + i);
            }
        }
    }
}
