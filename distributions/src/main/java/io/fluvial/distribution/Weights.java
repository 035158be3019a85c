package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Simplex;
import java.util.Arrays;

/// Weights of categories and components: none negative, with a sum to divide by.
final class Weights {

    private Weights() {}

    /// The sum, positive and finite.
    static double sum(String where, double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0)) { // also for NaN
                throw new IllegalArgumentException(
                        where + ": weights must not be negative, got " + Arrays.toString(weights));
            }
            sum += weight;
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    where + ": weights need a positive, finite sum, got " + Arrays.toString(weights));
        }
        return sum;
    }

    static Constraint space(int n) {
        return new Simplex(n);
    }
}
