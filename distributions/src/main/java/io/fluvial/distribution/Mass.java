package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import java.util.function.DoubleUnaryOperator;

/// P(a < X ≤ b) of a continuous distribution, accurate relative to itself.
///
/// In a tail it is the difference of distribution functions or of survival functions. Where that would cancel
/// (an interval narrow against the distance to the tail's end) or underflow, the density is integrated instead, scaled
/// by its value in the interval: the logarithm is good for intervals of probability e^(−1e6) as well.
final class Mass {

    /// Differences of less than this share of the larger number lose two bits and more.
    private static final double NARROW = 0.25;

    private static final double SMALLEST = 1e-290;

    /// What distribution functions are good for: an integral that is further off has missed something.
    private static final double TRUSTED = 1e-11;

    /// e^−50 of the largest density is not integrated.
    private static final double NOTHING = 50;

    private Mass() {}

    static double between(ScalarDistribution d, double a, double b) {
        Difference difference = Difference.of(d, a, b);
        if (!(difference.of >= SMALLEST)) { // at most a difference of nearly nothing; also for NaN
            return difference.value;
        }
        return difference.isPlain() ? difference.value : Math.exp(difference.orIntegral(d, a, b));
    }

    /// log P(a < X ≤ b).
    static double log(ScalarDistribution d, double a, double b) {
        Difference difference = Difference.of(d, a, b);
        return difference.isPlain() ? Math.log(difference.value) : difference.orIntegral(d, a, b);
    }

    /// Whether the mass of an interval comes from distribution functions with nearly all their digits.
    static boolean isPlain(ScalarDistribution d, double a, double b) {
        return Difference.of(d, a, b).isPlain();
    }

    /// P(a < X ≤ b) as a difference of numbers of size `of`.
    private record Difference(double value, double of) {

        static Difference of(ScalarDistribution d, double a, double b) {
            double upper = d.cdf(b);
            if (upper <= 0.5) {
                return new Difference(upper - d.cdf(a), upper);
            }
            double above = d.survival(a);
            return above <= 0.5
                    ? new Difference(above - d.survival(b), above)
                    : new Difference(1 - d.cdf(a) - d.survival(b), 1);
        }

        boolean isPlain() {
            return value > NARROW * of && value > SMALLEST;
        }

        /// The log of the integral, unless it contradicts the difference.
        double orIntegral(ScalarDistribution d, double a, double b) {
            double log = logIntegral(d, a, b);
            boolean missed = of > SMALLEST && Math.abs(Math.exp(log) - value) > TRUSTED * of;
            return missed ? Math.log(value) : log;
        }
    }

    private static double logIntegral(ScalarDistribution d, double a, double b) {
        double low = a;
        double high = b;
        if (d.support() instanceof Interval support) {
            low = Math.max(low, support.lower());
            high = Math.min(high, support.upper());
        }
        if (!(low < high)) {
            return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Double.NEGATIVE_INFINITY;
        }
        double scale = scale(d, low, high);
        return Double.isInfinite(scale) ? scale : scale + Math.log(integral(d, low, high, scale, x -> 1));
    }

    /// ∫ g(x) p(x) e^(−scale) dx from a to b inside the support, where not both ends are infinite; toward an infinite
    /// end the density must fall off from the other one.
    static double integral(ScalarDistribution d, double a, double b, double scale, DoubleUnaryOperator g) {
        DoubleUnaryOperator f = x -> {
            double density = Math.exp(d.logProb(x) - scale);
            return density == 0 ? 0 : density * g.applyAsDouble(x);
        };
        if (Double.isInfinite(b)) {
            return tail(f, a, 1 / Math.abs(d.gradient(a)));
        }
        if (Double.isInfinite(a)) {
            return tail(f, b, -1 / Math.abs(d.gradient(b)));
        }
        double low = d.logProb(a) < d.logProb(b) - NOTHING ? b - reach(d, b, a - b) : a;
        double high = d.logProb(b) < d.logProb(a) - NOTHING ? a + reach(d, a, b - a) : b;
        double noise = GaussLegendre.noise(Math.max(Math.abs(low), Math.abs(high)), high - low);
        return GaussLegendre.adaptive(f, low, high, 0, noise);
    }

    /// The largest log-density that is easily found.
    private static double scale(ScalarDistribution d, double low, double high) {
        double scale = Double.NEGATIVE_INFINITY;
        for (double share : new double[] {0, 1e-3, 0.03, 0.5, 0.97, 1 - 1e-3, 1}) {
            double x = Double.isInfinite(low) ? high : Double.isInfinite(high) ? low : low + share * (high - low);
            double logProb = d.logProb(Math.min(Math.max(x, low), high));
            scale = logProb < Double.POSITIVE_INFINITY ? Math.max(scale, logProb) : scale;
        }
        return scale;
    }

    /// The length, halved until the density at x + length/2 is not nothing against that at x, so that the rule's
    /// nodes see what falls off near x; without its sign.
    private static double reach(ScalarDistribution d, double x, double length) {
        double w = length;
        while (d.logProb(x + 0.5 * w) < d.logProb(x) - NOTHING) {
            w *= 0.5;
        }
        return Math.abs(w);
    }

    /// From x to ±∞ by x + s u/(1 − u), s the length on which the density falls off.
    private static double tail(DoubleUnaryOperator density, double x, double s) {
        DoubleUnaryOperator f = u -> {
            double rest = 1 - u; // nodes lie inside (0, 1)
            double value = density.applyAsDouble(x + s * u / rest);
            return value == 0 ? 0 : value / (rest * rest);
        };
        double length = Math.abs(s);
        return length * GaussLegendre.adaptive(f, 0, 1, 0, GaussLegendre.noise(x, length));
    }
}
