package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_4;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `sums[at + r] += Σ_lanes m[r]`, four rows at a time.
final class RowSums {

    private RowSums() {}

    static void add(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n) {
        float[] t = LaneSums.BUFFER.get();
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            rows4(m, mAt + r * stride, stride, n, t);
            LaneSums.add(t, 0, sums, at + r, 1);
        }
        if (r == rows) {
            return;
        }
        // the last rows, the last of them in the places of those that are missing
        int last = mAt + (rows - 1) * stride;
        for (int q = 0; q < 4; q++) {
            row(m, Math.min(last, mAt + (r + q) * stride), n, t, q * LANES);
        }
        int totals = LANES_4;
        Arrays.fill(t, totals, totals + 4, 0f);
        LaneSums.add(t, 0, t, totals, 1);
        for (int q = 0; r + q < rows; q++) {
            sums[at + r + q] += t[totals + q];
        }
    }

    private static void rows4(float[] m, int from, int stride, int n, float[] t) {
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
    }

    private static void row(float[] m, int from, int n, float[] t, int to) {
        FloatVector a = FloatVector.zero(F);
        for (int i = from; i < from + n; i += LANES) {
            a = a.add(FloatVector.fromArray(F, m, i));
        }
        a.intoArray(t, to);
    }
}
