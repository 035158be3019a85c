package io.fluvial.distribution;

/// Log-probabilities of counts without differences of large log-gammas: Stirling's part of every factorial is taken
/// out by hand, and what is left are small corrections and deviances, none of which cancels.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000, eq. (3)–(6). Departure: the
/// correction takes real arguments, for negative binomials.
final class SaddlePoint {

    static final double HALF_LOG_TWO_PI = Normal.HALF_LOG_TWO_PI;

    private SaddlePoint() {}

    /// log Γ(x + 1) − (x + ½) log x + x − ½ log 2π, for x > 0; absolute error below 1e-15 times the number of steps
    /// up to 16, where the series starts.
    static double stirlingError(double x) {
        double shifted = x;
        double steps = 0;
        while (shifted < 16) { // δ(x) − δ(x + 1) = (x + ½) log(1 + 1/x) − 1
            double inverse = 1 / shifted;
            double log = inverse < Double.POSITIVE_INFINITY ? Math.log1p(inverse) : -Math.log(shifted);
            steps += (shifted + 0.5) * log - 1;
            shifted++;
        }
        return steps + StirlingRemainder.error(shifted);
    }

    /// x log(x/m) + m − x ≥ 0, for x, m ≥ 0: zero only at x = m, infinite for x > m = 0.
    static double deviance(double x, double m) {
        if (x == 0) {
            return m;
        }
        double t = (m - x) / x;
        if (Math.abs(t) < 0.2) {
            return x * LogRemainder.linear(t);
        }
        return x * Ratio.log(x, m) - (x - m); // not through t, which rounds to −1 where m is nothing beside x
    }

    /// log of λᵏ e^−λ / k!, for a whole k ≥ 0 and λ ≥ 0.
    static double poisson(double k, double lambda) {
        if (k == 0) {
            return -lambda;
        }
        return -stirlingError(k) - deviance(k, lambda) - HALF_LOG_TWO_PI - 0.5 * Math.log(k);
    }

    /// log of (n choose k) pᵏ qⁿ⁻ᵏ, for whole 0 ≤ k ≤ n and p + q = 1.
    static double binomial(double k, double n, double p, double q) {
        if (k == 0) {
            return n == 0 ? 0 : n * Chance.log(q, p);
        }
        if (k == n) {
            return n * Chance.log(p, q);
        }
        double corrections = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
        double deviances = deviance(k, n * p) + deviance(n - k, n * q);
        return corrections - deviances - HALF_LOG_TWO_PI - 0.5 * (Math.log(k) + Math.log1p(-k / n));
    }

    /// log of Γ(k + r)/(k! Γ(r)) pʳ qᵏ, for a whole k ≥ 0, r > 0 and p + q = 1.
    static double negativeBinomial(double k, double r, double p, double q) {
        if (k == 0) {
            return r * Chance.log(p, q);
        }
        double n = r + k;
        double corrections = stirlingError(n) - stirlingError(r) - stirlingError(k);
        double deviances = deviance(r, n * p) + deviance(k, n * q);
        double odds = k / r;
        double log = odds < Double.POSITIVE_INFINITY ? Math.log1p(odds) : Math.log(k) - Math.log(r);
        return corrections - deviances - HALF_LOG_TWO_PI - 0.5 * (Math.log(k) + log);
    }
}
