package io.fluvial.distribution;

import java.util.random.RandomGenerator;

/// Draws of Poisson and binomial counts with a mean of 10 or more, at a cost that does not grow with it: a transformed
/// uniform number proposes, and a table mountain accepts most proposals without a look at the probabilities.
///
/// Source: W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance:
/// Mathematics and Economics 12, 1993 (algorithm PTRS), and "The generation of binomial random variates", J. Stat.
/// Comput. Simul. 46, 1993 (algorithm BTRS). Departure: log-probabilities by [SaddlePoint].
final class TransformedRejection {

    private TransformedRejection() {}

    /// @param mean λ ≥ 10
    static double poisson(RandomGenerator random, double mean) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double alpha = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) {
                return k;
            }
            if (!(k >= 0) || us < 0.013 && v > us || k == Double.POSITIVE_INFINITY) {
                continue;
            }
            if (Math.log(v * alpha / (a / (us * us) + b)) <= SaddlePoint.poisson(k, mean)) {
                return k;
            }
        }
    }

    /// @param n p ≥ 10, p ≤ ½
    static double binomial(RandomGenerator random, double n, double p, double q) {
        double deviation = Math.sqrt(n * p * q);
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double c = n * p + 0.5;
        double alpha = (2.83 + 5.1 / b) * deviation;
        double squeeze = 0.92 - 4.2 / b;
        double atMode = SaddlePoint.binomial(Math.floor((n + 1) * p), n, p, q);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + c);
            if (us >= 0.07 && v <= squeeze) {
                return k;
            }
            if (!(k >= 0 && k <= n)) {
                continue;
            }
            if (Math.log(v * alpha / (a / (us * us) + b)) <= SaddlePoint.binomial(k, n, p, q) - atMode) {
                return k;
            }
        }
    }
}
