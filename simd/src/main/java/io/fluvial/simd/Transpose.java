package io.fluvial.simd;

import static io.fluvial.simd.Exchange.MASK_1;
import static io.fluvial.simd.Exchange.MASK_2;
import static io.fluvial.simd.Exchange.MASK_4;
import static io.fluvial.simd.Exchange.MASK_8;
import static io.fluvial.simd.Exchange.SWAP_1;
import static io.fluvial.simd.Exchange.SWAP_2;
import static io.fluvial.simd.Exchange.SWAP_4;
import static io.fluvial.simd.Exchange.SWAP_8;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

/// `t[to + i · width + k] = d[at + k · stride + i]` for k < width and i < n, both multiples of a vector.
///
/// In blocks of LANES × LANES. First four rows at a time, inside groups of four lanes; the group that belongs
/// in row 4p + q then stands in row 4a + q at place p, where a is the group it should have: the second step
/// exchanges p and a, in place. Two short methods instead of one with sixteen vectors, which C2 does not
/// inline.
final class Transpose {

    private Transpose() {}

    static void to(float[] t, int to, int width, float[] d, int at, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            for (int k = 0; k < width; k += LANES) {
                block(t, to + i * width + k, width, d, at + k * stride + i, stride);
            }
        }
    }

    private static void block(float[] t, int to, int width, float[] d, int at, int stride) {
        for (int a = 0; a < LANES; a += 4) {
            lanes(t, to + a * width, width, d, at + a * stride, stride);
        }
        for (int q = 0; q < 4 && LANES > 4; q++) {
            if (LANES == 8) {
                groups2(t, to + q * width, 4 * width);
            } else {
                groups4(t, to + q * width, 4 * width);
            }
        }
    }

    /// Rows 0 … 3 at `at` to rows 0 … 3 at `to`: 4 × 4 transposes.
    private static void lanes(float[] t, int to, int width, float[] d, int at, int stride) {
        FloatVector r0 = FloatVector.fromArray(F, d, at);
        FloatVector r1 = FloatVector.fromArray(F, d, at + stride);
        FloatVector r2 = FloatVector.fromArray(F, d, at + 2 * stride);
        FloatVector r3 = FloatVector.fromArray(F, d, at + 3 * stride);
        FloatVector a = r0.blend(r1.rearrange(SWAP_1), MASK_1);
        FloatVector b = r2.blend(r3.rearrange(SWAP_1), MASK_1);
        a.blend(b.rearrange(SWAP_2), MASK_2).intoArray(t, to);
        a.rearrange(SWAP_2).blend(b, MASK_2).intoArray(t, to + 2 * width);
        a = r0.rearrange(SWAP_1).blend(r1, MASK_1);
        b = r2.rearrange(SWAP_1).blend(r3, MASK_1);
        a.blend(b.rearrange(SWAP_2), MASK_2).intoArray(t, to + width);
        a.rearrange(SWAP_2).blend(b, MASK_2).intoArray(t, to + 3 * width);
    }

    /// The four rows at distance `step`, as 4 × 4 groups of four lanes.
    private static void groups4(float[] t, int at, int step) {
        FloatVector r0 = FloatVector.fromArray(F, t, at);
        FloatVector r1 = FloatVector.fromArray(F, t, at + step);
        FloatVector r2 = FloatVector.fromArray(F, t, at + 2 * step);
        FloatVector r3 = FloatVector.fromArray(F, t, at + 3 * step);
        FloatVector a = r0.blend(r1.rearrange(SWAP_4), MASK_4);
        FloatVector b = r2.blend(r3.rearrange(SWAP_4), MASK_4);
        a.blend(b.rearrange(SWAP_8), MASK_8).intoArray(t, at);
        a.rearrange(SWAP_8).blend(b, MASK_8).intoArray(t, at + 2 * step);
        a = r0.rearrange(SWAP_4).blend(r1, MASK_4);
        b = r2.rearrange(SWAP_4).blend(r3, MASK_4);
        a.blend(b.rearrange(SWAP_8), MASK_8).intoArray(t, at + step);
        a.rearrange(SWAP_8).blend(b, MASK_8).intoArray(t, at + 3 * step);
    }

    /// The two rows at distance `step`, as 2 × 2 groups.
    private static void groups2(float[] t, int at, int step) {
        FloatVector r0 = FloatVector.fromArray(F, t, at);
        FloatVector r1 = FloatVector.fromArray(F, t, at + step);
        r0.blend(r1.rearrange(SWAP_4), MASK_4).intoArray(t, at);
        r0.rearrange(SWAP_4).blend(r1, MASK_4).intoArray(t, at + step);
    }
}
