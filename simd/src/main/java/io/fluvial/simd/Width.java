package io.fluvial.simd;

import io.fluvial.Block;
import java.util.Set;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector, decided once when the class loads: the machine's preference, at most 512 bits, so
/// that a block granule of 16 lanes is a whole number of vectors and no loop has a tail.
///
/// The system property `fluvial.simd.bits` (128, 256 or 512) forces a width; the tests run all kernels at
/// each.
final class Width {

    /// Floats.
    static final VectorSpecies<Float> F = choose(Integer.getInteger("fluvial.simd.bits", 0));

    /// Doubles, in vectors as wide as those of [#F], hence of half as many lanes.
    static final VectorSpecies<Double> D = VectorSpecies.of(double.class, F.vectorShape());

    /// Floats in a vector: 4, 8 or 16.
    static final int LANES = F.length();

    static final int LANES_2 = 2 * LANES;
    static final int LANES_3 = 3 * LANES;
    static final int LANES_4 = 4 * LANES;

    /// Distance of rows in a whole block, for which the fast tiles are written.
    static final int ROW = Block.LANES;

    /// Floats before the first in use of a scratch array, as in a block: with the 16 bytes before an array's numbers
    /// they make a cache
    /// line of 64. Where arrays begin at a line (`-XX:ObjectAlignmentInBytes=64`) no vector straddles two.
    static final int HEAD = 12;

    /// Whether the processor has sixteen vector registers and not thirty-two: x86 with 256 bits at most.
    static final boolean FEW_REGISTERS = FloatVector.SPECIES_PREFERRED.vectorBitSize() < 512
            && Set.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

    private Width() {}

    private static VectorSpecies<Float> choose(int forced) {
        return switch (forced == 0 ? Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()) : forced) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default ->
                throw new UnsupportedOperationException("the vector kernels need vectors of 128, 256 or 512 bits; this"
                        + " JVM prefers " + FloatVector.SPECIES_PREFERRED.vectorBitSize()
                        + ", fluvial.simd.bits is " + forced);
        };
    }
}
