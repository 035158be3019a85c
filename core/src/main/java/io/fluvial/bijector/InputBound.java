package io.fluvial.bijector;

import io.fluvial.internal.Rows;

/// What a layer's network sees of a feature x, where the layer bounds it to (−B, B):
///
///     u(x) = x / √(1 + (x/B)²),   u′(x) = (1 + (x/B)²)^(−3/2)
///
/// Near zero u is x; far away it tends to ±B, so that the parameters which the network computes stay what they are at
/// the edge of the data and the layer goes on as one fixed map. Networks that see x itself go on linearly; several
/// layers then multiply what they say, and a row a little outside of all others can end at 10⁴ deviations.
///
/// B = ∞ is x itself.
final class InputBound {

    /// Beyond so many bounds u is B in float; farther away (x/B)² could overflow.
    private static final float FAR = 1e6f;

    private InputBound() {}

    static void check(double bound) {
        if (!(bound > 0)) {
            throw new IllegalArgumentException("inputBound must be positive (infinite for none), got " + bound);
        }
    }

    /// u of n numbers at x into those at `to`.
    static void apply(double bound, float[] d, int x, int to, int n) {
        if (bound == Double.POSITIVE_INFINITY) {
            System.arraycopy(d, x, d, to, n);
            return;
        }
        float b = (float) bound;
        float perBound = (float) (1 / bound);
        for (int i = 0; i < n; i++) {
            float q = Math.max(-FAR, Math.min(FAR, d[x + i] * perBound)); // NaN stays NaN
            d[to + i] = b * q / (float) Math.sqrt(1 + q * q);
        }
    }

    /// Adds the cotangents of u at `from`, times u′ of the numbers at x, to those at x.
    static void vjp(double bound, float[] d, float[] g, int x, int from, int n) {
        if (bound == Double.POSITIVE_INFINITY) {
            Rows.add(g, from, x, 1, 0, n);
            return;
        }
        float perBound = (float) (1 / bound);
        for (int i = 0; i < n; i++) {
            float q = Math.max(-FAR, Math.min(FAR, d[x + i] * perBound));
            float r = 1 / (float) Math.sqrt(1 + q * q);
            g[x + i] += g[from + i] * (r * r * r);
        }
    }
}
