package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// `sums[at + r] += Σ_lanes m[r]`, four rows at a time.
final class RowSums {

    private RowSums() {}

    static void add(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            rows4(m, mAt + r * stride, sums, at + r, stride, n);
        }
        for (; r < rows; r++) {
            row(m, mAt + r * stride, sums, at + r, n);
        }
    }

    private static void rows4(float[] m, int from, float[] sums, int at, int stride, int n) {
        FloatVector a = FloatVector.zero(F);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = from; i < from + n; i += LANES) {
            a = a.add(FloatVector.fromArray(F, m, i));
            b = b.add(FloatVector.fromArray(F, m, i + stride));
            c = c.add(FloatVector.fromArray(F, m, i + 2 * stride));
            d = d.add(FloatVector.fromArray(F, m, i + 3 * stride));
        }
        sums[at] += a.reduceLanes(VectorOperators.ADD);
        sums[at + 1] += b.reduceLanes(VectorOperators.ADD);
        sums[at + 2] += c.reduceLanes(VectorOperators.ADD);
        sums[at + 3] += d.reduceLanes(VectorOperators.ADD);
    }

    private static void row(float[] m, int from, float[] sums, int at, int n) {
        FloatVector a = FloatVector.zero(F);
        for (int i = from; i < from + n; i += LANES) {
            a = a.add(FloatVector.fromArray(F, m, i));
        }
        sums[at] += a.reduceLanes(VectorOperators.ADD);
    }
}
