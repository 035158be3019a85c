package io.fluvial.distribution;

import io.fluvial.constraint.Interval;

/// The mode of a distribution that knows its density only: the best of its quantiles, 1/2 e^(−t) apart from
/// either end in steps of t, refined by golden sections to about 1e-8 of the distance between them.
final class ModeSearch {

    private static final int STEPS = 160; // of 1/4, to probabilities of e⁻⁴⁰
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private ModeSearch() {}

    static double of(ScalarDistribution d) {
        double[] x = new double[2 * STEPS + 1];
        int best = STEPS;
        for (int k = -STEPS; k <= STEPS; k++) {
            double p = 0.5 * Math.exp(-0.25 * Math.abs(k));
            x[STEPS + k] = k < 0 ? d.quantile(p) : d.survivalQuantile(p);
        }
        for (int k = 0; k < x.length; k++) {
            best = d.logProb(x[k]) > d.logProb(x[best]) ? k : best;
        }
        if (best == 0 || best == x.length - 1) { // the density rises to the end
            return d.support() instanceof Interval all
                    ? best == 0 ? Math.max(all.lower(), -Double.MAX_VALUE) : Math.min(all.upper(), Double.MAX_VALUE)
                    : x[best];
        }
        return refine(d, x[best - 1], x[best + 1]);
    }

    private static double refine(ScalarDistribution d, double low, double high) {
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = d.logProb(left);
        double atRight = d.logProb(right);
        for (int k = 0; k < 60; k++) {
            if (atLeft >= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = d.logProb(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = d.logProb(right);
            }
        }
        return 0.5 * (low + high);
    }
}
