package io.fluvial.testkit;

import io.fluvial.constraint.Interval;
import io.fluvial.distribution.ScalarDistribution;
import java.util.Arrays;
import java.util.TreeSet;

/// Points of a distribution of one number at given probabilities, far tails included: ends of the pieces over which
/// densities are integrated or probabilities summed.
final class Landmarks {

    /// Probabilities of the lower half; the upper half has the same by the survival function.
    private static final double[] LADDER = {1e-300, 1e-200, 1e-100, 1e-30, 1e-15, 1e-10, 1e-6, 1e-3, 0.01, 0.1, 0.3, 0.5
    };

    /// An interval of fewer doubles than this between its ends is left to the distribution function: its density
    /// is a matter of the rounding of x.
    private static final double RESOLVED = 0x1p24;

    private final ScalarDistribution d;
    private final double[] points;
    final double lower;
    final double upper;

    private Landmarks(ScalarDistribution d, double[] points, double lower, double upper) {
        this.d = d;
        this.points = points;
        this.lower = lower;
        this.upper = upper;
    }

    static Landmarks of(ScalarDistribution d) {
        double lower = d.quantile(0);
        double upper = d.quantile(1);
        TreeSet<Double> points = new TreeSet<>();
        for (double p : LADDER) {
            points.add(d.quantile(p) + 0.0); // no −0
            if (p < 0.5) {
                points.add(d.survivalQuantile(p) + 0.0);
            }
        }
        double[] inside = points.stream()
                .mapToDouble(x -> x)
                .filter(Double::isFinite)
                .filter(x -> d.support().isDiscrete()
                        || x > lower && x < upper && !(Math.abs(x) < Double.MIN_NORMAL && x != 0))
                .toArray();
        if (d.support() instanceof Interval interval) {
            return new Landmarks(d, inside, interval.lower(), interval.upper());
        }
        return new Landmarks(d, inside, lower, upper);
    }

    /// In increasing order, inside the support.
    double[] points() {
        return points.clone();
    }

    /// Points where to look at the density: the landmarks and, where the distribution is continuous, points between.
    double[] places() {
        return d.support().isDiscrete() ? points.clone() : merged(points, between());
    }

    /// A point in each piece, a little beside the middle.
    double[] between() {
        double[] between = new double[Math.max(0, points.length - 1)];
        for (int k = 0; k < between.length; k++) {
            between[k] = 0.45 * points[k] + 0.55 * points[k + 1];
        }
        return between;
    }

    /// Whether a piece is wide enough to be integrated, or short enough to be summed.
    boolean resolved(double low, double high) {
        if (d.support().isDiscrete()) {
            return high - low <= 1e6;
        }
        double least = RESOLVED * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
        return high - low > least && low - lower > room(lower) && upper - high > room(upper);
    }

    /// Near an end other than 0 the density may change within the rounding of x.
    private static double room(double end) {
        return Double.isInfinite(end) ? 0 : RESOLVED * Math.ulp(end);
    }

    /// Rounding of [#mass], which is a difference, and of the density, which sees x and its distance from the ends
    /// rounded.
    double rounding(double low, double high) {
        double difference = 4 * Math.ulp(d.cdf(high) <= 0.5 ? d.cdf(high) : d.survival(low));
        if (d.support().isDiscrete()) {
            return difference;
        }
        double x = Math.ulp(Math.max(Math.abs(low), Math.abs(high))) / (high - low);
        double ends = share(lower, low - lower) + share(upper, upper - high);
        return difference + 8 * (x + ends) * mass(low, high);
    }

    private static double share(double end, double distance) {
        return Double.isInfinite(end) ? 0 : Math.ulp(end) / distance;
    }

    /// P(low < X ≤ high), from the tail it lies in.
    double mass(double low, double high) {
        return d.cdf(high) <= 0.5 ? d.cdf(high) - d.cdf(low) : d.survival(low) - d.survival(high);
    }

    private static double[] merged(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        Arrays.sort(both);
        return both;
    }
}
