package io.fluvial.scalar;

import io.fluvial.Lane;

/// Mixture weights from logits, π = softmax(φ), kept as logarithms.
///
/// A weight is at least e⁻⁶⁰⁰ of the largest: logits farther below it count as 600 below, and have
/// no gradient there. So every weight is a positive double, and no tail of a mixture is empty.
final class Weights {

    private static final double LOWEST = -600;

    private Weights() {}

    /// Writes log π_k of φ₀ … φ_{n−1} to `work[to + k]`.
    static void logSoftmax(Lane lane, int n, double[] work, int to) {
        double most = most(lane, n);
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double logit = Math.max(lane.phi(k) - most, LOWEST); // NaN stays NaN
            work[to + k] = logit;
            sum += Math.exp(logit);
        }
        double log = Math.log(sum); // sum ≥ 1
        for (int k = 0; k < n; k++) {
            work[to + k] -= log;
        }
    }

    /// Whether logit k is so far below the largest that it does not count.
    static boolean floored(Lane lane, int k, double most) {
        return lane.phi(k) - most <= LOWEST;
    }

    /// The largest logit.
    static double most(Lane lane, int n) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            most = Math.max(most, lane.phi(k));
        }
        return most;
    }
}
