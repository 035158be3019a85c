package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

/// `sums[at + r] += Σ_lanes m[r]`, four rows at a time.
final class RowSums {

    private RowSums() {}

    static void add(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n) {
        float[] t = LaneSums.BUFFER.get();
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            rows4(m, mAt + r * stride, sums, at + r, stride, n, t);
        }
        for (; r < rows; r++) {
            row(m, mAt + r * stride, sums, at + r, n, t);
        }
    }

    private static void rows4(float[] m, int from, float[] sums, int at, int stride, int n, float[] t) {
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
        a.intoArray(t, 0);
        b.intoArray(t, LANES);
        c.intoArray(t, 2 * LANES);
        d.intoArray(t, 3 * LANES);
        LaneSums.add(t, 0, sums, at);
    }

    private static void row(float[] m, int from, float[] sums, int at, int n, float[] t) {
        FloatVector a = FloatVector.zero(F);
        for (int i = from; i < from + n; i += LANES) {
            a = a.add(FloatVector.fromArray(F, m, i));
        }
        a.intoArray(t, 0);
        sums[at] += LaneSums.sum(t, 0);
    }
}
