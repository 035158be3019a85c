package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import io.fluvial.transform.ScalarTransform;

/// The part of the line on which the branches of a folded transform are summed: all of the base's support where it has
/// few branches, else what lies between the base's quantiles of as small a probability as possible.
///
/// @param outside probability of the base beyond
record Branches(double low, double high, double outside) {

    private static final double MOST = 10_000;
    private static final double[] OUTSIDE = {1e-300, 1e-200, 1e-100, 1e-50, 1e-30, 1e-20, 1e-17};

    /// @throws UnsupportedOperationException where more than 10 000 branches are left, with what to do
    static Branches of(ScalarDistribution base, ScalarTransform f) {
        if (base.support() instanceof Interval all && f.branches(all.lower(), all.upper()) <= MOST) {
            return new Branches(all.lower(), all.upper(), 0);
        }
        for (double p : OUTSIDE) {
            double low = base.quantile(p);
            double high = base.survivalQuantile(p);
            if (f.branches(low, high) <= MOST) {
                return new Branches(low, high, 2 * p);
            }
        }
        throw new UnsupportedOperationException(base + " through " + f + " has more than " + (long) MOST
                + " branches between its quantiles of 1e-17: use a wrapped distribution with a closed form, or a base"
                + " that is narrower or has lighter tails");
    }
}
