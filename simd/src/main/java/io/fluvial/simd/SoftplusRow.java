package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// softplus x = ln(1 + eˣ) over a row, as max(x, 0) + ln(1 + e) with e = exp(−|x|), by [Exponential] and the polynomial
/// of [Logarithm]: the same bits interpreted and compiled.
///
/// ln(1 + e) = k · ln 2 + ln(1 + f) with f = e, k = 0 for e ≤ √2 − 1, and f = (e − 1)/2, k = 1 above: nothing is
/// added to a small e, so the relative error stays small for very negative x. At most 2.5 ulp away from the exact
/// value; 0 below x = −87.3, where it would be subnormal; ∞ at ∞; NaN stays NaN.
final class SoftplusRow {

    private static final float FOLD = 0.41421357f;

    /// ln 2, and what comes out at 0, to the last bit.
    static final float LN2 = 0.69314718f;

    private SoftplusRow() {}

    /// `to[toAt + i] = softplus(from[fromAt + i])`; the places must not overlap.
    static void apply(float[] from, int fromAt, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, from, fromAt + i).abs().neg().intoArray(to, toAt + i);
        }
        Exponential.apply(to, toAt, to, toAt, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector e = FloatVector.fromArray(F, to, toAt + i);
            FloatVector f = e.blend(e.sub(1f).mul(0.5f), e.compare(GT, FOLD));
            FloatVector k = FloatVector.zero(F).blend(LN2, e.compare(GT, FOLD));
            FloatVector p = FloatVector.broadcast(F, Logarithm.P7)
                    .fma(f, FloatVector.broadcast(F, Logarithm.P6))
                    .fma(f, FloatVector.broadcast(F, Logarithm.P5))
                    .fma(f, FloatVector.broadcast(F, Logarithm.P4))
                    .fma(f, FloatVector.broadcast(F, Logarithm.P3))
                    .fma(f, FloatVector.broadcast(F, Logarithm.P2))
                    .fma(f, FloatVector.broadcast(F, Logarithm.P1))
                    .fma(f, FloatVector.broadcast(F, Logarithm.P0))
                    .fma(f, FloatVector.broadcast(F, -0.5f));
            FloatVector log = f.mul(f).fma(p, f).add(k);
            FloatVector x = FloatVector.fromArray(F, from, fromAt + i);
            x.blend(0f, x.compare(LT, 0f)).add(log).intoArray(to, toAt + i);
        }
    }
}
