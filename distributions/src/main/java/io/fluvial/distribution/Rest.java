package io.fluvial.distribution;

/// What is left of the exponential function after its first terms, which cancel in divergences of
/// distributions near each other.
final class Rest {

    private Rest() {}

    /// e⁻ᵗ − 1 + t ≥ 0, about t²/2.
    static double ofExponential(double t) {
        if (Math.abs(t) > 0.5) {
            return t == Double.NEGATIVE_INFINITY ? -t : Math.expm1(-t) + t;
        }
        double sum = 0;
        for (int n = 16; n >= 2; n--) { // 0.5¹⁵/17! of t² is far below its rounding
            sum = (1 - t * sum) / n;
        }
        return t * t * sum;
    }
}
