package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Exchanges of lanes at distance 1, 2, 4 or 8 between two vectors: the butterflies that transposes and sums
/// across lanes are made of. With the mask of the lanes whose number has that bit,
/// `a.blend(b.rearrange(SWAP), MASK)` and `a.rearrange(SWAP).blend(b, MASK)` are the two rows of the
/// transpose of every 2 × 2 block.
final class Exchange {

    static final VectorMask<Float> MASK_1 = VectorMask.fromLong(F, 0xAAAA);
    static final VectorMask<Float> MASK_2 = VectorMask.fromLong(F, 0xCCCC);
    static final VectorMask<Float> MASK_4 = VectorMask.fromLong(F, 0xF0F0);
    static final VectorMask<Float> MASK_8 = VectorMask.fromLong(F, 0xFF00);
    static final VectorShuffle<Float> SWAP_1 = swap(1);
    static final VectorShuffle<Float> SWAP_2 = swap(2);
    static final VectorShuffle<Float> SWAP_4 = swap(4);
    static final VectorShuffle<Float> SWAP_8 = swap(8);

    private Exchange() {}

    /// Distances beyond the vector wrap around; nobody uses these.
    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(F, i -> (i ^ distance) % LANES);
    }
}
