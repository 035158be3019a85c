package io.fluvial.internal;

/// The standard normal density φ and distribution function Φ in double precision.
public final class Gaussian {

    /// ½ log 2π.
    public static final double HALF_LOG_TWO_PI = 0.9189385332046727418;

    private Gaussian() {}

    /// φ(x) = exp(−x²/2) / √(2π).
    public static double density(double x) {
        return Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI);
    }

    /// Φ(x). Inside ±5 the series ½ + φ(x) Σ x^(2k+1) / (1·3·5⋯(2k+1)) (Marsaglia 2004, J. Stat. Softw. 11(4), eq.
    /// 3), all of whose terms have one sign; outside the continued fraction of Mills' ratio (Abramowitz & Stegun
    /// 26.2.14), which converges fast there and keeps the relative accuracy of small values.
    public static double cdf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Math.abs(x) > 5) {
            double tail = upperTail(Math.abs(x));
            return x > 0 ? 1 - tail : tail;
        }
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + density(x) * sum;
    }

    private static double upperTail(double x) {
        if (x > 40) {
            return 0; // below the smallest double
        }
        double fraction = x;
        for (int k = 60; k >= 1; k--) {
            fraction = x + k / fraction; // positive: x > 5
        }
        return density(x) / fraction;
    }
}
