package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// ln over a row, made of additions, multiplications and shifts only, so that it gives the same bits whether
/// the loop is interpreted or compiled (see [Exponential]).
///
/// x = 2ᵏ (1 + f) with √½ ≤ 1 + f < √2, ln x = k · ln 2 + ln(1 + f), and ln(1 + f) = f − f²/2 + f³ · P(f) with a
/// polynomial P of degree 7: relative error 6e-9, fitted as a minimax of ln(1 + f) at 2000 Chebyshev points. At
/// most 0.9 ulp away from the exact value, subnormal numbers included. ln 0 = −∞, of negative numbers NaN, ln ∞ =
/// ∞; NaN stays NaN.
final class Logarithm {

    private static final int ROOT_HALF = 0x3f3504f3; // bits of √½
    private static final int MAGIC = 0x4b400000; // bits of 1.5 · 2²³: added to k, they are those of 1.5 · 2²³ + k
    private static final float LN2_HIGH = 0.693359375f; // 9 bits, so that k times it is exact
    private static final float LN2_LOW = -2.12194440e-4f;

    // P, also that of SoftplusRow.
    static final float P0 = 0.333333313f;
    static final float P1 = -0.250008196f;
    static final float P2 = 0.200012267f;
    static final float P3 = -0.166233569f;
    static final float P4 = 0.142017588f;
    static final float P5 = -0.131601825f;
    static final float P6 = 0.12761575f;
    static final float P7 = -0.0763449296f;

    private Logarithm() {}

    /// `to[toAt + i] = ln(from[fromAt + i])`; the places may be the same.
    static void apply(float[] from, int fromAt, float[] to, int toAt, int n) {
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, from, fromAt + i);
            // A subnormal number has no exponent to read: take 2²³ x instead, and 23 off k.
            FloatVector normal = x.blend(x.mul(0x1p23f), x.compare(LT, Float.MIN_NORMAL));
            IntVector bits = normal.reinterpretAsInts();
            IntVector exponent = bits.sub(ROOT_HALF).lanewise(ASHR, 23);
            FloatVector f =
                    bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(one); // exact
            FloatVector k = exponent.add(MAGIC).reinterpretAsFloats().sub(0x1.8p23f);
            k = k.blend(k.sub(23f), x.compare(LT, Float.MIN_NORMAL));
            FloatVector p = FloatVector.broadcast(F, P7)
                    .fma(f, FloatVector.broadcast(F, P6))
                    .fma(f, FloatVector.broadcast(F, P5))
                    .fma(f, FloatVector.broadcast(F, P4))
                    .fma(f, FloatVector.broadcast(F, P3))
                    .fma(f, FloatVector.broadcast(F, P2))
                    .fma(f, FloatVector.broadcast(F, P1))
                    .fma(f, FloatVector.broadcast(F, P0))
                    .fma(f, FloatVector.broadcast(F, -0.5f));
            FloatVector log = f.mul(f).fma(p, k.fma(FloatVector.broadcast(F, LN2_LOW), f));
            log = k.fma(FloatVector.broadcast(F, LN2_HIGH), log);
            x.blend(log, x.compare(LT, Float.POSITIVE_INFINITY)) // what is left is ∞ or NaN
                    .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f))
                    .blend(Float.NaN, x.compare(LT, 0f))
                    .intoArray(to, toAt + i);
        }
    }
}
