package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/// The density of the log-odds of a beta variable, yᵃ (1 − y)ᵇ/B(a, b), which the beta and the F distribution share.
///
/// With n = a + b and d = y b − (1 − y) a, how far y is from its mean: a log(y n/a) + b log((1 − y) n/b) is
/// −a φ(d/a) − b φ(−d/b), φ(t) = t − log(1 + t), and Stirling's formula gives the rest: no large terms cancel
/// (Loader 2000). The error is some ulp of the value at shapes from 0.01 to 1e8.
final class BetaKernel {

    private static final double LARGE = 1000;
    private static final int MOST_TERMS = 100_000; // about √(a + b) are needed near the mean

    private BetaKernel() {}

    /// @param y in (0, 1)
    /// @param rest 1 − y
    static double log(double a, double b, double y, double rest) {
        double n = a + b;
        double off = y * b - rest * a;
        return -deviation(a, off, y, n) - deviation(b, -off, rest, n) + level(a, b);
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
    static double slope(double a, double b, double y, double rest) {
        double n = a + b;
        double t = (y * b - rest * a) / a;
        double log = Math.abs(t) < 0.5 ? Math.log1p(t) : Math.log(y) + Math.log(n / a);
        return log + StirlingRemainder.logMinusDigamma(a) - StirlingRemainder.logMinusDigamma(n);
    }

    /// P(Y ≤ y), relative to itself, for 0 ≤ y ≤ 1.
    ///
    /// @param rest 1 − y
    static double cdf(double a, double b, double y, double rest) {
        boolean below = y * b <= rest * a; // the mean
        return below ? lower(a, b, y, rest) : 1 - lower(b, a, rest, y);
    }

    /// P(Y ≤ y) for y up to the mean: where the library's prefactor loses digits to the size of a and b, its place is
    /// taken by [#log], and a continued fraction does the rest.
    private static double lower(double a, double b, double y, double rest) {
        if (!(y > 0)) {
            return y;
        }
        if (a + b < LARGE) {
            return RegularizedBeta.value(y, a, b);
        }
        return Math.exp(log(a, b, y, rest)) / fraction(a, b, y, rest);
    }

    /// β₁ + α₂/(β₂ + α₃/(β₃ + …)) of Didonato and Morris 1992, ACM TOMS 18(3), eq. (9), by Lentz's method: its terms
    /// are made of λ = a − (a + b) y, so that nothing cancels near the mean.
    private static double fraction(double a, double b, double y, double rest) {
        double lambda = rest * a - y * b;
        double f = a / (a + 1) * (lambda + 1);
        double c = f;
        double d = 0;
        for (int n = 1; n < MOST_TERMS; n++) {
            double step = a + 2.0 * n - 1;
            double alpha = (a + n - 1) / step * ((a + b + n - 1) / step) * n * (b - n) * y * y;
            double beta = n + n * (b - n) * y / step + (a + n) / (step + 2) * (lambda + 1 + n * (1 + rest));
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
}
