package io.fluvial.simd;

import static io.fluvial.simd.Exchange.MASK_1;
import static io.fluvial.simd.Exchange.MASK_2;
import static io.fluvial.simd.Exchange.SWAP_1;
import static io.fluvial.simd.Exchange.SWAP_2;
import static io.fluvial.simd.Exchange.SWAP_4;
import static io.fluvial.simd.Exchange.SWAP_8;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static io.fluvial.simd.Width.LANES_2;
import static io.fluvial.simd.Width.LANES_3;

import jdk.incubator.vector.FloatVector;

/// Sums across lanes of four vectors at a time: `to[at + q · step] += Σ_lanes v_q` for q = 0 … 3, v_q
/// *overwritten* at `from[v + q · LANES]`.
///
/// A vector is read as groups of four lanes. Two rounds of exchanging and adding turn four vectors into one,
/// whose lane q of each group is the group's sum of v_q; then the groups are added. That is 5 shuffles and 5
/// additions at 512 bits, where four calls of `reduceLanes` are 16 and 16.
///
/// The four sums are added one by one. A vector of four lanes would do it at once, but a second
/// vector shape in a process spoils the profile of the Vector API's own methods: C2 then compiled
/// `a.add(b)` elsewhere for both shapes, and kernels that had nothing to do with this one allocated
/// for good.
final class LaneSums {

    /// Room for the four vectors of whoever sums on this thread, and for their sums.
    static final ThreadLocal<float[]> BUFFER = ThreadLocal.withInitial(() -> new float[4 * LANES + 4]);

    private LaneSums() {}

    /// The sum of one vector at `from[v]`, always in the same order: `reduceLanes` adds in another order when
    /// it is compiled than when it is interpreted.
    static float sum(float[] from, int v) {
        float sum = 0;
        for (int j = 0; j < LANES; j++) {
            sum += from[v + j];
        }
        return sum;
    }

    static void add(float[] from, int v, float[] to, int at, int step) {
        FloatVector v0 = FloatVector.fromArray(F, from, v);
        FloatVector v1 = FloatVector.fromArray(F, from, v + LANES);
        FloatVector v2 = FloatVector.fromArray(F, from, v + LANES_2);
        FloatVector v3 = FloatVector.fromArray(F, from, v + LANES_3);
        FloatVector a = v0.blend(v1, MASK_1).add(v1.blend(v0, MASK_1).rearrange(SWAP_1));
        FloatVector b = v2.blend(v3, MASK_1).add(v3.blend(v2, MASK_1).rearrange(SWAP_1));
        FloatVector groups = a.blend(b, MASK_2).add(b.blend(a, MASK_2).rearrange(SWAP_2));
        if (LANES > 8) {
            groups = groups.add(groups.rearrange(SWAP_8));
        }
        if (LANES > 4) {
            groups = groups.add(groups.rearrange(SWAP_4));
        }
        groups.intoArray(from, v);
        for (int q = 0; q < 4; q++) {
            to[at + q * step] += from[v + q];
        }
    }
}
