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
import jdk.incubator.vector.VectorOperators;

/// Sums across lanes, four vectors at a time: `to[at + q] += Σ_lanes v_q` for q = 0 … 3.
///
/// A vector is read as groups of four lanes. Two rounds of exchanging and adding turn four vectors into one, whose lane
/// q of
/// each group is the group's sum of v_q; then the groups are added. That is 5 shuffles and 5 additions at 512 bits,
/// where
/// four calls of `reduceLanes` are 16 and 16.
final class LaneSums {

    private LaneSums() {}

    static void add(FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] to, int at) {
        FloatVector groups = pairs(lanes(v0, v1), lanes(v2, v3));
        if (LANES > 8) {
            groups = groups.add(groups.rearrange(SWAP_8));
        }
        if (LANES > 4) {
            groups = groups.add(groups.rearrange(SWAP_4));
        }
        FloatVector sums = (FloatVector) groups.reinterpretShape(FloatVector.SPECIES_128, 0);
        FloatVector.fromArray(FloatVector.SPECIES_128, to, at).add(sums).intoArray(to, at);
    }

    /// The same for the four vectors at `from[v]`.
    static void add(float[] from, int v, float[] to, int at) {
        add(
                FloatVector.fromArray(F, from, v),
                FloatVector.fromArray(F, from, v + LANES),
                FloatVector.fromArray(F, from, v + LANES_2),
                FloatVector.fromArray(F, from, v + LANES_3),
                to,
                at);
    }

    /// `to[at] += Σ_lanes v`.
    static void add(FloatVector v, float[] to, int at) {
        to[at] += v.reduceLanes(VectorOperators.ADD);
    }

    /// Lane pairs of a and b, summed: a's sum in the even lane, b's in the odd one.
    private static FloatVector lanes(FloatVector a, FloatVector b) {
        return a.blend(b, MASK_1).add(b.blend(a, MASK_1).rearrange(SWAP_1));
    }

    /// The same one step up: a's in the lower pair of each group, b's in the upper one.
    private static FloatVector pairs(FloatVector a, FloatVector b) {
        return a.blend(b, MASK_2).add(b.blend(a, MASK_2).rearrange(SWAP_2));
    }
}
