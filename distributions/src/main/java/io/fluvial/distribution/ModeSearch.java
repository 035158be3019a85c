package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import io.fluvial.transform.ScalarTransform;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/// The mode of a distribution that knows its density only: the best of its quantiles, e⁻ᵗ/2 from
/// either end, a quarter apart in t to e⁻⁴⁰ and then by 2.5 % of it to 1e-304; refined by golden
/// sections to about 1e-8 of the distance between them.
///
/// Through a folded map, whose quantiles would be searches over all its branches, these points are
/// the images of the base's quantiles, the ends of the support, and evenly spaced ones between two.
final class ModeSearch {

    private static final double STEP = 0.25;
    private static final double GROWTH = 0.025;
    private static final double LAST = 700;
    private static final int EVEN = 64;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private ModeSearch() {}

    static double of(ScalarDistribution d) {
        double[] x = quantiles(d);
        int best = best(d, x);
        if (best == 0 || best == x.length - 1) { // the density rises to the end
            return d.support() instanceof Interval all
                    ? best == 0 ? Math.max(all.lower(), -Double.MAX_VALUE) : Math.min(all.upper(), Double.MAX_VALUE)
                    : x[best];
        }
        return refine(d::logProb, x[best - 1], x[best + 1]);
    }

    /// Of the base through a folded map.
    static double folded(ScalarDistribution base, ScalarTransform map, ScalarDistribution d) {
        DoubleStream images = Arrays.stream(quantiles(base)).map(map::forward);
        double[] x =
                DoubleStream.concat(images, ofSupport(d)).sorted().distinct().toArray();
        int best = best(d, x);
        double refined = refine(d::logProb, x[Math.max(best - 1, 0)], x[Math.min(best + 1, x.length - 1)]);
        return d.logProb(refined) > d.logProb(x[best]) ? refined : x[best];
    }

    /// The finite ends, and what lies evenly between two.
    private static DoubleStream ofSupport(ScalarDistribution d) {
        if (!(d.support() instanceof Interval all)) {
            return DoubleStream.empty();
        }
        double step = (all.upper() - all.lower()) / EVEN;
        if (!Double.isFinite(step)) {
            return DoubleStream.of(all.lower(), all.upper()).filter(Double::isFinite);
        }
        return DoubleStream.iterate(0, k -> k + 1).limit(EVEN + 1).map(k -> all.lower() + k * step);
    }

    private static double[] quantiles(ScalarDistribution d) {
        double[] t = DoubleStream.iterate(STEP, k -> k < LAST, k -> k + Math.max(STEP, GROWTH * (k - 30)))
                .toArray();
        double[] x = new double[2 * t.length + 1];
        x[t.length] = d.quantile(0.5);
        for (int k = 0; k < t.length; k++) {
            double p = 0.5 * Math.exp(-t[k]);
            x[t.length - 1 - k] = d.quantile(p);
            x[t.length + 1 + k] = d.survivalQuantile(p);
        }
        return x;
    }

    private static int best(ScalarDistribution d, double[] x) {
        int best = x.length / 2;
        double highest = d.logProb(x[best]);
        for (int k = 0; k < x.length; k++) {
            double logProb = d.logProb(x[k]);
            if (logProb > highest) {
                highest = logProb;
                best = k;
            }
        }
        return best;
    }

    /// The highest point between two numbers, where there is one hump.
    static double refine(DoubleUnaryOperator logProb, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = logProb.applyAsDouble(left);
        double atRight = logProb.applyAsDouble(right);
        for (int k = 0; k < 60; k++) {
            if (atLeft >= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = logProb.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = logProb.applyAsDouble(right);
            }
        }
        return 0.5 * (low + high);
    }
}
