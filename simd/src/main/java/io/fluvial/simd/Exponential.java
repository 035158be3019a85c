package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// exp over a row, made of additions, multiplications and shifts only, so that it gives the same bits
/// whether the loop is interpreted or compiled. The Vector API's own EXP and TANH do not: compiled they
/// call a vector math library, interpreted java.lang.Math, and the two round differently.
///
/// x = n · ln 2 + r with |r| ≤ ln 2 / 2, exp(r) by the Taylor polynomial of degree 7 (remainder below
/// 6e-9), 2ⁿ added to the exponent. At most 1.5 ulp away from the exact value; below −87.3 the result
/// is 0, above 88.7 infinite; NaN stays NaN.
final class Exponential {

    private static final float LOWEST = -87.3f; // exp of it is the last that is a normal float
    private static final float HIGHEST = 88.7f;
    private static final float LOG2_E = 1.44269504f;
    private static final float ROUND = 0x1.8p23f; // added, it leaves the nearest integer in the low bits
    private static final float LN2_HIGH = 0.693359375f; // 9 bits, so that n times it is exact
    private static final float LN2_LOW = -2.12194440e-4f;

    private Exponential() {}

    /// `to[toAt + i] = exp(from[fromAt + i])`; the places may be the same.
    static void apply(float[] from, int fromAt, float[] to, int toAt, int n) {
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, from, fromAt + i);
            VectorMask<Float> low = x.compare(LT, LOWEST);
            VectorMask<Float> high = x.compare(GT, HIGHEST);
            FloatVector inside = x.blend(LOWEST, low).blend(HIGHEST, high); // max and min take five instructions each
            FloatVector shifted = inside.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
            FloatVector n2 = shifted.sub(ROUND);
            FloatVector r =
                    n2.fma(FloatVector.broadcast(F, -LN2_LOW), n2.fma(FloatVector.broadcast(F, -LN2_HIGH), inside));
            FloatVector p = FloatVector.broadcast(F, 1f / 5040)
                    .fma(r, FloatVector.broadcast(F, 1f / 720))
                    .fma(r, FloatVector.broadcast(F, 1f / 120))
                    .fma(r, FloatVector.broadcast(F, 1f / 24))
                    .fma(r, FloatVector.broadcast(F, 1f / 6))
                    .fma(r, FloatVector.broadcast(F, 0.5f))
                    .fma(r, one)
                    .fma(r, one);
            p.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
                    .reinterpretAsFloats()
                    .blend(0f, low)
                    .blend(Float.POSITIVE_INFINITY, high)
                    .blend(x, x.compare(NE, x)) // the low bits of a NaN, shifted, could make a number of it
                    .intoArray(to, toAt + i);
        }
    }
}
