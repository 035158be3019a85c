package io.fluvial.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The machine's own peak: 16 independent chains of fused multiply-adds in registers, which hide the latency of two
/// units. Vectors are as wide as those of the vector kernels: a second shape in one process would spoil both.
public final class FmaPeak {

    private static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, VectorShape.forBitSize(bits()));
    private static final int CHAINS = 16;
    private static final int ROUNDS = 1000;

    private FmaPeak() {}

    private static int bits() {
        return Integer.getInteger("fluvial.simd.bits", Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()));
    }

    /// Floating-point operations of one [#run].
    public static double flops() {
        return 2.0 * CHAINS * SPECIES.length() * ROUNDS;
    }

    /// x ← x·scale + shift in every chain, a thousand times; |scale| < 1, so that nothing overflows.
    public static float run(float scale, float shift) {
        FloatVector a = FloatVector.broadcast(SPECIES, scale);
        FloatVector b = FloatVector.broadcast(SPECIES, shift);
        FloatVector s0 = a;
        FloatVector s1 = a;
        FloatVector s2 = a;
        FloatVector s3 = a;
        FloatVector s4 = a;
        FloatVector s5 = a;
        FloatVector s6 = a;
        FloatVector s7 = a;
        FloatVector s8 = b;
        FloatVector s9 = b;
        FloatVector s10 = b;
        FloatVector s11 = b;
        FloatVector s12 = b;
        FloatVector s13 = b;
        FloatVector s14 = b;
        FloatVector s15 = b;
        for (int i = 0; i < ROUNDS; i++) {
            s0 = s0.fma(a, b);
            s1 = s1.fma(a, b);
            s2 = s2.fma(a, b);
            s3 = s3.fma(a, b);
            s4 = s4.fma(a, b);
            s5 = s5.fma(a, b);
            s6 = s6.fma(a, b);
            s7 = s7.fma(a, b);
            s8 = s8.fma(a, b);
            s9 = s9.fma(a, b);
            s10 = s10.fma(a, b);
            s11 = s11.fma(a, b);
            s12 = s12.fma(a, b);
            s13 = s13.fma(a, b);
            s14 = s14.fma(a, b);
            s15 = s15.fma(a, b);
        }
        FloatVector sum = s0.add(s1).add(s2).add(s3).add(s4.add(s5).add(s6).add(s7));
        return sum.add(s8.add(s9).add(s10).add(s11))
                .add(s12.add(s13).add(s14).add(s15))
                .reduceLanes(VectorOperators.ADD);
    }
}
