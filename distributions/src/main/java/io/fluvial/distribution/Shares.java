package io.fluvial.distribution;

/// Shares that sum to one, from their logarithms up to a constant.
final class Shares {

    private Shares() {}

    /// log Σ exp(y), without overflow.
    static double logSum(double[] y) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : y) {
            largest = Math.max(largest, value);
        }
        if (Double.isInfinite(largest)) { // all −∞, or one +∞
            return largest;
        }
        double sum = 0;
        for (double value : y) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum); // sum ≥ 1
    }

    /// y ← exp(y)/Σ exp(y).
    static void softmax(double[] y) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : y) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.exp(y[i] - largest);
            sum += y[i];
        }
        for (int i = 0; i < y.length; i++) {
            y[i] /= sum;
        }
    }
}
