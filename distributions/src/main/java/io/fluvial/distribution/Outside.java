package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import java.util.Arrays;

/// What a distribution says of events that are not in its support.
final class Outside {

    private Outside() {}

    /// 0 for an event in the support; NaN where one of its numbers is NaN, else −∞.
    static double logProb(String where, Constraint support, double[] x) {
        Parameter.length(where, "an event", x, support.shape().size());
        for (double value : x) {
            if (Double.isNaN(value)) {
                return Double.NaN;
            }
        }
        return support.contains(x) ? 0 : Double.NEGATIVE_INFINITY;
    }

    /// Whether x is outside of the support; then fills `out` with NaN.
    static boolean fills(String where, Constraint support, double[] x, double[] out) {
        if (logProb(where, support, x) == 0) {
            return false;
        }
        Arrays.fill(out, Double.NaN);
        return true;
    }

    /// The same for ∂log p/∂x, which is as long as x.
    static boolean fillsGradient(String where, Constraint support, double[] x, double[] gX) {
        Parameter.length(where, "a gradient", gX, support.shape().size());
        return fills(where, support, x, gX);
    }
}
