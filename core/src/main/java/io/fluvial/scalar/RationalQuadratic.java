package io.fluvial.scalar;

/// One piece of a rational-quadratic spline, scaled to the unit square: v(t) increases from v(0) =
/// 0 with slope d₀ / s to v(1) = 1 with slope d₁ / s, where s is the slope of the piece's diagonal
/// before scaling (Gregory & Delbourgo 1982, IMA J. Numer. Anal. 2(2), 123–130; Durkan et al. 2019,
/// arXiv:1906.04032, eq. 4–8). With u = 1 − t,
///
///     v = t (s t + d₀ u) / D,   1 − v = u (s u + d₁ t) / D,   D = s (t² + u²) + (d₀ + d₁) t u
///     f′ = N (s / D)²,   N = d₁ t² + 2 s t u + d₀ u²
///
/// The papers write D = s + (d₀ + d₁ − 2s) t u, which is the same number. In the form used here all
/// summands are positive for t in [0, 1] and positive s, d₀, d₁: nothing cancels, and D ≥ s / 2.
final class RationalQuadratic {

    private RationalQuadratic() {}

    /// D > 0.
    static double denominator(double t, double s, double d0, double d1) {
        double u = 1 - t;
        return s * (t * t + u * u) + (d0 + d1) * t * u;
    }

    /// N > 0.
    static double numerator(double t, double s, double d0, double d1) {
        double u = 1 - t;
        return d1 * t * t + 2 * s * t * u + d0 * u * u;
    }

    /// v at t.
    static double share(double t, double s, double d0, double d1) {
        return t * (s * t + d0 * (1 - t)) / denominator(t, s, d0, d1);
    }

    /// f′ at t.
    static double slope(double t, double s, double d0, double d1) {
        double ratio = s / denominator(t, s, d0, d1);
        return numerator(t, s, d0, d1) * ratio * ratio; // in this order no large slope overflows
    }

    /// The t with v(t) = v, for v in [0, 1].
    ///
    /// t is the root of a t² + b t + c with c = −s v, b = d₀ − v (d₀ + d₁ − 2s) and a = s − b (eq.
    /// 6–8 divided by the height). With p = d₀ (1 − v) − d₁ v, which is b − 2 s v, the discriminant
    /// is
    ///
    ///     b² − 4ac = b² − 4 s v b + 4 s² v = (b − 2 s v)² + 4 s² v (1 − v) = p² + 4 s² v (1 − v) ,
    ///
    /// a sum of two numbers that are not negative: there is nothing to clamp or to assert. The root
    /// 2c / (−b − √disc) = 2 s v / (p + √disc + 2 s v) cancels for p < 0; there, multiply by √disc
    /// − p.
    static double position(double v, double s, double d0, double d1) {
        double p = d0 * (1 - v) - d1 * v;
        double q = Math.abs(p) + Math.sqrt(p * p + 4 * s * s * v * (1 - v)); // > 0: |p| is d₀ or d₁ where v (1 − v) = 0
        return p >= 0 ? 2 * s * v / (q + 2 * s * v) : q / (q + 2 * s * (1 - v));
    }
}
