package io.fluvial.distribution;

import java.util.Arrays;

/// log Σ exp(l), without overflow.
final class LogSum {

    private LogSum() {}

    /// −∞ where every l is −∞ or there is none; NaN where one is.
    static double of(double[] l) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : l) {
            greatest = Math.max(greatest, value); // NaN stays
        }
        if (Double.isInfinite(greatest) || Double.isNaN(greatest)) {
            return greatest;
        }
        double others = 0;
        boolean skipped = false;
        for (double value : l) {
            if (value == greatest && !skipped) {
                skipped = true; // its exp is 1
            } else {
                others += Math.exp(value - greatest);
            }
        }
        return greatest + Math.log1p(others);
    }

    /// The same, for logits at the door: finite.
    static double of(String where, double[] logits) {
        double sum = of(logits);
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException(
                    where + ": logits must be below infinity, and not all −∞, got " + Arrays.toString(logits));
        }
        return sum;
    }
}
