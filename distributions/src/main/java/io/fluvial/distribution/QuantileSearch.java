package io.fluvial.distribution;

import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;

/// Quantiles of a distribution that knows its distribution function only: bisection over the doubles themselves.
///
/// Doubles in their order are numbered by longs, so halving the distance of the numbers reaches the very double at
/// which the distribution function passes p, in at most 64 evaluations, whatever the scale, for continuous and discrete
/// distributions alike. The answer is as accurate as the distribution function.
///
/// On whole numbers the search starts at the mean in steps of a standard deviation, and halves between whole numbers:
/// about ten evaluations.
final class QuantileSearch {

    private QuantileSearch() {}

    /// Smallest x with cdf(x) ≥ p.
    static double lower(ScalarDistribution d, double p) {
        if (!(p >= 0 && p <= 1)) {
            return Double.NaN;
        }
        if (p == 0) {
            return end(d, false);
        }
        if (p == 1) {
            return end(d, true);
        }
        if (p > 0.5) { // 1 − p is exact here, and the survival function has the digits
            return upper(d, 1 - p);
        }
        return search(d, p, true);
    }

    /// Smallest x with survival(x) ≤ q.
    static double upper(ScalarDistribution d, double q) {
        if (!(q >= 0 && q <= 1)) {
            return Double.NaN;
        }
        if (q == 1) {
            return end(d, false);
        }
        return q == 0 ? end(d, true) : search(d, q, false);
    }

    private static double search(ScalarDistribution d, double p, boolean fromBelow) {
        if (d.support() instanceof Integers integers) {
            return searchWhole(d, p, fromBelow, integers);
        }
        long low = number(Double.NEGATIVE_INFINITY); // outside: too small
        long high = number(Double.POSITIVE_INFINITY); // inside: large enough
        while (high - low > 1 || high - low < 0) {
            long middle = low + ((high - low) >>> 1);
            double x = value(middle);
            if (reached(d, p, fromBelow, x)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return value(high);
    }

    private static boolean reached(ScalarDistribution d, double p, boolean fromBelow, double x) {
        return fromBelow ? d.cdf(x) >= p : d.survival(x) <= p;
    }

    private static double searchWhole(ScalarDistribution d, double p, boolean fromBelow, Integers range) {
        double mean = Math.floor(d.mean());
        double step = Math.ceil(d.standardDeviation());
        step = step >= 1 && step < 1e300 ? step : 1; // also for NaN
        double start = Math.abs(mean) < 1e300 ? Math.clamp(mean, range.lower(), range.upper()) : range.lower();
        double low = start; // becomes: too small
        double high = start; // becomes: large enough
        if (reached(d, p, fromBelow, start)) {
            do {
                high = low;
                low -= step;
                step *= 2;
            } while (low >= range.lower() && reached(d, p, fromBelow, low));
            low = Math.max(low, range.lower() - 1);
        } else {
            do {
                low = high;
                high += step;
                step *= 2;
            } while (high < range.upper() && !reached(d, p, fromBelow, high));
            high = Math.min(high, range.upper());
        }
        while (true) {
            double middle = Math.floor(low + (high - low) / 2);
            if (!(middle > low && middle < high)) { // neighbours, also beyond 2⁵³
                return high;
            }
            if (reached(d, p, fromBelow, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    private static double end(ScalarDistribution d, boolean upper) {
        if (d.support() instanceof Interval interval) {
            return upper ? interval.upper() : interval.lower();
        }
        if (d.support() instanceof Integers integers) {
            return upper ? integers.upper() : integers.lower();
        }
        // the outermost doubles that carry probability
        return upper ? search(d, Double.MIN_VALUE, false) : search(d, Double.MIN_VALUE, true);
    }

    /// Numbers doubles in their order: −∞ … −0, 0 … ∞.
    private static long number(double x) {
        long bits = Double.doubleToRawLongBits(x);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static double value(long number) {
        return Double.longBitsToDouble(number >= 0 ? number : Long.MIN_VALUE - number);
    }
}
