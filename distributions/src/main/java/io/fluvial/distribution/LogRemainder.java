package io.fluvial.distribution;

/// What is left of log(1 + t) after its first terms, with all digits where t is small.
final class LogRemainder {

    private LogRemainder() {}

    /// t − log(1 + t) ≥ 0, about t²/2.
    ///
    /// With s = t/(2 + t): log(1 + t) = 2 artanh s and t − 2s = s t, so the sum starts at the square (Loader 2000,
    /// Fast and accurate computation of binomial probabilities, eq. 2.5).
    static double linear(double t) {
        if (Math.abs(t) > 0.2) {
            return t - Math.log1p(t);
        }
        double s = t / (2 + t);
        double square = s * s;
        double sum = 0;
        for (int k = 19; k >= 3; k -= 2) { // s² < 0.0124: the term after the last is below 1e-18 of the first
            sum = sum * square + 1.0 / k;
        }
        return s * (t - 2 * square * sum);
    }

    /// (log(1 + t) − t/(1 + t))/t², ½ at 0.
    static double ratio(double t) {
        if (Math.abs(t) > 0.05) {
            return (Math.log1p(t) - t / (1 + t)) / (t * t);
        }
        double sum = 0; // Σ (−t)ᵏ (k + 1)/(k + 2)
        for (int k = 13; k >= 0; k--) {
            sum = (k + 1.0) / (k + 2) - t * sum;
        }
        return sum;
    }
}
