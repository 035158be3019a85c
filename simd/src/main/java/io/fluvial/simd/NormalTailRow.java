package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

/// The upper tail of the standard normal distribution over a row: Mills' ratio M = (1 − Φ) / φ and
/// the quantile of a probability given by its logarithm, as `io.fluvial.internal.NormalTail` in
/// float.
///
/// (1 + z) M(z) is a polynomial of degree 11 in (z − 4) / (z + 4), the truncated Chebyshev series.
/// Max relative error of M 2e-7 against mpmath on 3000 points in [0, 30].
final class NormalTailRow {

    private static final float HALF_LOG_TWO_PI = 0.91893853f;

    private NormalTailRow() {}

    /// `to[toAt + i] = M(|from[fromAt + i]|)`; the places may be the same.
    static void mills(float[] from, int fromAt, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector z = FloatVector.fromArray(F, from, fromAt + i).abs();
            FloatVector t = z.sub(4f).div(z.add(4f)); // z ≥ 0
            FloatVector.broadcast(F, 3.1504674552707e-05f)
                    .fma(t, FloatVector.broadcast(F, -0.0001456131285522133f))
                    .fma(t, FloatVector.broadcast(F, -0.00021194548753555864f))
                    .fma(t, FloatVector.broadcast(F, 0.0016668795142322779f))
                    .fma(t, FloatVector.broadcast(F, -0.0007300993311218917f))
                    .fma(t, FloatVector.broadcast(F, -0.012502345256507397f))
                    .fma(t, FloatVector.broadcast(F, 0.044963136315345764f))
                    .fma(t, FloatVector.broadcast(F, -0.0807163417339325f))
                    .fma(t, FloatVector.broadcast(F, 0.07168999314308167f))
                    .fma(t, FloatVector.broadcast(F, 0.03509258106350899f))
                    .fma(t, FloatVector.broadcast(F, -0.2423996478319168f))
                    .fma(t, FloatVector.broadcast(F, 1.1832618713378906f))
                    .div(z.add(1f))
                    .intoArray(to, toAt + i);
        }
    }

    /// The z ≥ 0 with log(1 − Φ(z)) = `s[log + i]`, to `s[z + i]`, and M(z) to `s[mills + i]`;
    /// overwrites `s[spare …)`.
    ///
    /// The start is Abramowitz & Stegun 26.2.23, 4.5e-4 off; one step of Halley's method cubes the
    /// error.
    static void quantile(float[] s, int log, int z, int mills, int spare, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector t =
                    FloatVector.fromArray(F, s, log + i).mul(-2f).max(0f).sqrt();
            FloatVector over = FloatVector.broadcast(F, 0.010328f)
                    .fma(t, FloatVector.broadcast(F, 0.802853f))
                    .fma(t, FloatVector.broadcast(F, 2.515517f));
            FloatVector under = FloatVector.broadcast(F, 0.001308f)
                    .fma(t, FloatVector.broadcast(F, 0.189269f))
                    .fma(t, FloatVector.broadcast(F, 1.432788f))
                    .fma(t, FloatVector.broadcast(F, 1f)); // at least 1
            t.sub(over.div(under)).max(0f).intoArray(s, z + i);
        }
        mills(s, z, s, mills, n);
        Logarithm.apply(s, mills, s, spare, n); // M > 0
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, s, z + i);
            FloatVector m = FloatVector.fromArray(F, s, mills + i);
            FloatVector step = at.mul(at)
                    .mul(0.5f)
                    .add(FloatVector.fromArray(F, s, log + i))
                    .sub(FloatVector.fromArray(F, s, spare + i))
                    .add(HALF_LOG_TWO_PI)
                    .mul(m);
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector bend = one.div(m).sub(at).mul(-0.5f); // 0 ≤ 1/M − z < 0.8
            at.sub(step.div(bend.fma(step, one))).max(0f).intoArray(s, z + i); // |step| < 1e-3
        }
        mills(s, z, s, mills, n);
    }
}
