package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogGamma;

/// The modified Bessel function of the first kind I_ν(x), for orders ν ≥ 0 and x ≥ 0, in forms that neither overflow
/// nor underflow, and the ratio of neighbours.
///
/// With r = √(ν² + x²): up to r = 40 by its power series, whose terms are all positive (Abramowitz & Stegun 9.6.10),
/// and the ratio by its continued fraction, backwards from where a bound is exact (Amos 1974, Math. Comp. 28, eq. (9));
/// above by Debye's expansion (9.7.7 and 9.7.9) written in 1/r, so that it holds down to ν = 0, where it is Hankel's:
///
///     I_ν(x) ≈ e^r (x/(ν + r))^ν / √(2πr) · U,   U = Σ P_k(ν²/r²) / r^k
///     I_ν₊₁(x)/I_ν(x) ≈ x/(ν + r) − (x/r²) · W/U .
///
/// Against mpmath (60 digits) at ν = 0 … 4999 and x = 0 … 1e6: the logarithm to 2e-15 of itself or of 1, the ratio
/// to 2 ulp, its complement to 7e-15 relative.
final class BesselI {

    private static final double START = 40;

    /// With r ≥ 40 the first term left out is below 2e-17 at ν = 0, where it is largest.
    private static final int TERMS = 14;

    /// P_k(s) = u_k(t)/t^k as coefficients of s = t².
    private static final double[][] P = debye();

    private BesselI() {}

    /// u_k₊₁(t) = ½ t² (1 − t²) u_k′(t) + ⅛ ∫₀ᵗ (1 − 5 τ²) u_k(τ) dτ (A&S 9.3.10), divided by t^(k+1): for
    /// u_k = Σ c_j t^(k + 2j) coefficient by coefficient.
    private static double[][] debye() {
        double[][] p = new double[TERMS][];
        p[0] = new double[] {1};
        for (int k = 0; k + 1 < TERMS; k++) {
            p[k + 1] = new double[k + 2];
            for (int j = 0; j <= k; j++) {
                int degree = k + 2 * j;
                double c = p[k][j];
                p[k + 1][j] += c * (0.5 * degree + 0.125 / (degree + 1));
                p[k + 1][j + 1] -= c * (0.5 * degree + 0.625 / (degree + 3));
            }
        }
        return p;
    }

    /// log(x^(−ν) e^(−x) I_ν(x)), finite for all x ≥ 0: −ν log 2 − log Γ(ν + 1) at 0.
    static double logReduced(double order, double x) {
        double r = Math.hypot(order, x);
        if (r < START) {
            return Math.log(series(order, x)) - order * Math.log(2) - LogGamma.value(order + 1) - x;
        }
        // r − x without cancellation where x is large
        return order * order / (r + x)
                - order * Math.log(order + r)
                - 0.5 * Math.log(2 * Math.PI * r)
                + Math.log(sum(order, r, false));
    }

    /// Σ (x²/4)^k / (k! (ν + 1) … (ν + k)).
    private static double series(double order, double x) {
        double quarter = 0.25 * x * x;
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= quarter / (k * (order + k)); // denominator at least 1
            sum += term;
        }
        return sum;
    }

    /// I_ν₊₁(x)/I_ν(x), from 0 at x = 0 to 1.
    static double ratio(double order, double x) {
        double r = Math.hypot(order, x);
        if (r < START) {
            return fraction(order, x);
        }
        return x / (order + r) - x / r / r * sum(order, r, true) / sum(order, r, false);
    }

    /// 1 − I_ν₊₁(x)/I_ν(x), accurate where the ratio is near 1.
    static double ratioComplement(double order, double x) {
        double r = Math.hypot(order, x);
        if (r < START) {
            return 1 - fraction(order, x);
        }
        return (order + order * order / (r + x)) / (order + r) // (ν + r − x)/(ν + r)
                + x / r / r * sum(order, r, true) / sum(order, r, false);
    }

    /// R_ν = x/(2 (ν + 1) + x R_ν₊₁), downwards from an order so far above x that each step divides the error of the
    /// bound it starts with by five.
    private static double fraction(double order, double x) {
        int steps = 25 + (int) x;
        double top = order + steps + 1;
        double ratio = x / (top + Math.hypot(top, x));
        for (int k = steps - 1; k >= 0; k--) {
            ratio = x / (2 * (order + k + 1) + x * ratio);
        }
        return ratio;
    }

    /// U, or W = Σ (½ u_k + t u_k′)/ν^k from v_k₊₁ − u_k₊₁ = −t (1 − t²) (½ u_k + t u_k′) (A&S 9.3.14).
    private static double sum(double order, double r, boolean slope) {
        double s = (order / r) * (order / r);
        double power = 1;
        double sum = 0;
        for (int k = 0; k < TERMS; k++) {
            double value = 0;
            for (int j = k; j >= 0; j--) {
                value = value * s + P[k][j] * (slope ? 0.5 + k + 2 * j : 1);
            }
            sum += power * value;
            power /= r;
        }
        return sum;
    }
}
