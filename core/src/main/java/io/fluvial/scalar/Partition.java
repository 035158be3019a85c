package io.fluvial.scalar;

import io.fluvial.Lane;

/// The K bins of the unit interval along one axis of a spline, from K raw numbers a = φ[at ..): bin
/// j takes the share min + (1 − K · min) · σⱼ, with σ = softmax(a). In double and without arrays;
/// sums run from the left, so that [#bin] and [#knot] mean the same knots to the last bit.
final class Partition {

    private Partition() {}

    /// log Σ exp(aⱼ), what turns a into σ.
    static double logSum(Lane lane, int at, int bins) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < bins; j++) {
            most = Math.max(most, lane.phi(at + j));
        }
        double sum = 0;
        for (int j = 0; j < bins; j++) {
            sum += Math.exp(lane.phi(at + j) - most);
        }
        return most + Math.log(sum); // sum ≥ 1
    }

    private static double share(Lane lane, int at, int bins, double min, double logSum, int j) {
        return min + (1 - bins * min) * Math.exp(lane.phi(at + j) - logSum);
    }

    /// The bin that holds p in [0, 1], from its left knot on; the last bin holds both its ends.
    static int bin(Lane lane, int at, int bins, double min, double logSum, double p) {
        double knot = 0;
        for (int j = 0; j < bins - 1; j++) {
            knot += share(lane, at, bins, min, logSum, j);
            if (p < knot) {
                return j;
            }
        }
        return bins - 1;
    }

    /// Knot k of 0 … K; the outer two are exactly 0 and 1.
    static double knot(Lane lane, int at, int bins, double min, double logSum, int k) {
        double knot = 0;
        for (int j = 0; j < k; j++) {
            knot += share(lane, at, bins, min, logSum, j);
        }
        return k == bins ? 1 : knot;
    }

    /// Sets the gradients of a from those of the left knot and of the size of bin k, where the left
    /// knot is the sum of all sizes before.
    static void pullback(Lane lane, int at, int bins, double min, double logSum, int k, double gLeft, double gSize) {
        double mean = 0; // Σ σⱼ gⱼ
        for (int j = 0; j <= k; j++) {
            mean += Math.exp(lane.phi(at + j) - logSum) * (j < k ? gLeft : gSize);
        }
        for (int j = 0; j < bins; j++) {
            double g = j < k ? gLeft : j == k ? gSize : 0;
            lane.gradient(at + j, (1 - bins * min) * Math.exp(lane.phi(at + j) - logSum) * (g - mean));
        }
    }
}
