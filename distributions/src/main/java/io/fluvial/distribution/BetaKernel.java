package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/// The density of the log-odds of a beta variable, yᵃ (1 − y)ᵇ/B(a, b), which the beta and the F distribution share.
///
/// With n = a + b and d = y b − (1 − y) a, how far y is from its mean: a log(y n/a) + b log((1 − y) n/b) is
/// −a φ(d/a) − b φ(−d/b), φ(t) = t − log(1 + t), and Stirling's formula gives the rest: no large terms cancel
/// (Loader 2000). The error is some ulp of the value, at shapes from 0.01 to 1e300.
final class BetaKernel {

    private static final double LARGE = 1000;
    private static final double HUGE = 1e10;
    private static final int MOST_TERMS = 200_000; // about the root of the smaller shape are needed near the mean

    private BetaKernel() {}

    /// @param y in (0, 1)
    /// @param rest 1 − y
    static double log(double a, double b, double y, double rest) {
        return log(a, b, y, rest, off(a, b, y, rest));
    }

    /// @param off y b − (1 − y) a, where the caller has more digits of it than y and 1 − y give
    static double log(double a, double b, double y, double rest, double off) {
        double n = a + b;
        return -deviation(a, off, y, n) - deviation(b, -off, rest, n) + level(a, b);
    }

    /// y b − (1 − y) a with the digits that both products round away: 1e-16 of them is many standard deviations where
    /// shapes are beyond 1e30.
    static double off(double a, double b, double y, double rest) {
        double up = y * b;
        double down = rest * a;
        return up - down + (Math.fma(y, b, -up) - Math.fma(rest, a, -down));
    }

    /// a φ(off/a), where 1 + off/a = y n/a.
    private static double deviation(double a, double off, double y, double n) {
        double t = off / a;
        return Math.abs(t) < 0.5 ? a * LogRemainder.linear(t) : off - a * (Math.log(y) + Math.log(n / a));
    }

    private static double level(double a, double b) {
        double n = a + b;
        return 0.5 * (Math.log(a) + Math.log(b / n)) - Normal.HALF_LOG_TWO_PI - excess(a, b);
    }

    /// δ(a) + δ(b) − δ(a + b): log B less its leading terms.
    static double excess(double a, double b) {
        return StirlingRemainder.error(a) + StirlingRemainder.error(b) - StirlingRemainder.error(a + b);
    }

    /// log y − ψ(a) + ψ(a + b), the slope of [#log] in a.
    static double slope(double a, double b, double y, double off) {
        double n = a + b;
        double t = off / a;
        double log = Math.abs(t) < 0.5 ? Math.log1p(t) : Math.log(y) + Math.log(n / a);
        return log + StirlingRemainder.logMinusDigamma(a) - StirlingRemainder.logMinusDigamma(n);
    }

    /// P(Y ≤ y), relative to itself, for 0 ≤ y ≤ 1.
    ///
    /// @param rest 1 − y
    static double cdf(double a, double b, double y, double rest) {
        return cdf(a, b, y, rest, off(a, b, y, rest));
    }

    /// By the library, whose prefactor loses digits to the size of a and b: with large ones, its
    /// place is taken by [#log], and a continued fraction does the rest, or an expansion. It is as good
    /// beside a pole, but for its arcsine at shapes of ½, which takes 1 − x from x.
    ///
    /// @param off y b − (1 − y) a, where the caller has more digits of it than y and 1 − y give
    static double cdf(double a, double b, double y, double rest, double off) {
        if ((a + b >= LARGE || Math.min(a, b) < 0.1) && (isNearEnd(a, b, y) || isNearEnd(b, a, rest))) {
            return y <= rest ? RegularizedBeta.value(y, a, b) : RegularizedBeta.complement(rest, b, a);
        }
        return off <= 0 ? lower(a, b, y, rest, off) : 1 - lower(b, a, rest, y, -off);
    }

    /// Where the density has a pole at 0 and y is as near to it as the mean of a shape of 1: the
    /// prefactor is harmless there, but the fraction would take some 80/(a + b)/y terms, and the
    /// upper tail may be tiny even below the mean.
    private static boolean isNearEnd(double a, double b, double y) {
        return a < 1 && y * (a + b) < 1;
    }

    /// P(Y ≤ y) for y up to the mean.
    private static double lower(double a, double b, double y, double rest, double off) {
        if (!(y > 0)) {
            return y;
        }
        if (a + b < LARGE) {
            return y <= rest ? RegularizedBeta.value(y, a, b) : RegularizedBeta.complement(rest, b, a);
        }
        return Math.min(a, b) < HUGE
                ? Math.exp(log(a, b, y, rest, off)) / fraction(a, b, y, rest, off)
                : expansion(a, b, y, rest, off);
    }

    /// β₁ + α₂/(β₂ + α₃/(β₃ + …)) of Didonato and Morris 1992, ACM TOMS 18(3), eq. (9), by Lentz's method: its terms
    /// are made of λ = a − (a + b) y, so that nothing cancels near the mean. As written no product is larger than a
    /// and b are.
    private static double fraction(double a, double b, double y, double rest, double off) {
        double lambda = -off;
        double f = a / (a + 1) * (lambda + 1);
        double c = f;
        double d = 0;
        for (int n = 1; n < MOST_TERMS; n++) {
            double step = a + 2.0 * n - 1;
            double share = (b - n) * y;
            double alpha = (a + n - 1) / step * ((a + b + n - 1) * y / step) * n * share;
            double beta = n + n * (share / step) + (a + n) / (step + 2) * (lambda + 1 + n * (1 + rest));
            d = 1 / (beta + alpha * d);
            c = beta + alpha / c;
            double change = c * d;
            f *= change;
            if (Math.abs(change - 1) < 1e-16) {
                break;
            }
        }
        return f;
    }

    /// Temme's uniform expansion for two large shapes, to its first term (DLMF 8.18.9 – 8.18.11): with u how many
    /// standard deviations √(ab/n³) y is from the mean, over √n, and ½ n η² = −log of the density against its top,
    ///
    ///     ½ erfc(−η √(n/2)) + e^(−nη²/2)/√(2πn) (1/η − 1/u + O(1/n)) .
    ///
    /// From shapes of 1e10 the next term is below 1e-13 of the value wherever that is a double. Near
    /// the mean 1/η − 1/u is κ + (3κ²/2 − λ) u by the series η² = u² − 2κu³ + 2λu⁴.
    private static double expansion(double a, double b, double y, double rest, double off) {
        double n = a + b;
        double spread = Math.sqrt(a / n) * Math.sqrt(b / n);
        double u = off / n / spread;
        double exponent = deviation(a, off, y, n) + deviation(b, -off, rest, n); // ½ n η²
        double eta = -Math.sqrt(2 * exponent / n);
        double deviations = -u * Math.sqrt(n);
        double kappa = (b - a) / n / (3 * spread);
        double lambda = (1 - 3 * spread * spread) / (4 * spread * spread);
        double correction = deviations < 0.01 ? kappa + (1.5 * kappa * kappa - lambda) * u : 1 / eta - 1 / u;
        return 0.5 * Erfc.value(Math.sqrt(exponent))
                + Math.exp(-exponent - Normal.HALF_LOG_TWO_PI) * (correction / Math.sqrt(n));
    }
}
