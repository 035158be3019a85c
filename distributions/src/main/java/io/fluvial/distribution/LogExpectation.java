package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// E(g(X)) like [Expectation], of a g that runs as a multiple of the log of the distance at a
/// finite end of the support, as a log-density does.
///
/// Quantiles round to the end itself, where such a g is infinite, though what lies there has a
/// finite share. With the tail probability e⁻ᵗ/2 a power of the distance, g is linear in t: from a
/// distance of 1e-13 of the end on (1e-290 of an end at 0) the line through two points further
/// inside stands for it, and to that distance a quantile's rounding is taken out by the slope of
/// that line.
///
/// About 1e-12 where g is smooth else and the distribution function accurate.
final class LogExpectation {

    private static final double NEAREST = 1e-290;
    private static final double SHARE = 1e-13; // the points inside are exact, their quantiles are not
    private static final double ROUNDED = 1e-4; // nearer than that, rounding shows in 1e-12 of a logarithm

    private final ScalarDistribution d;
    private final DoubleUnaryOperator g;

    /// g(x) = value + slope (t − from) at the end `at` from the time `from` on.
    private record End(double at, double from, double value, double slope) {

        double g(double t) {
            return value + slope * (t - from);
        }
    }

    private LogExpectation(ScalarDistribution d, DoubleUnaryOperator g) {
        this.d = d;
        this.g = g;
    }

    static double of(ScalarDistribution d, DoubleUnaryOperator g) {
        LogExpectation all = new LogExpectation(d, g);
        End lower = all.end(false);
        End upper = all.end(true);
        return all.half(false, lower, upper) + all.half(true, upper, lower);
    }

    /// The time −log(2 P) of a point, P the probability from the end to it.
    private double time(double x, boolean above) {
        return -Math.log(2 * (above ? d.survival(x) : d.cdf(x)));
    }

    /// Null where the end is infinite, has no mass near it, or g is finite there: quantiles that round to it do no harm
    /// then, and 1e-13 of an end far from 0 may be no little of the mass.
    private @Nullable End end(boolean above) {
        if (!(d.support() instanceof Interval all)) {
            return null;
        }
        double at = above ? all.upper() : all.lower();
        if (Double.isInfinite(at) || Double.isFinite(g.applyAsDouble(at))) {
            return null;
        }
        double width = all.upper() - all.lower();
        double reach = Math.copySign(Math.min(Math.max(SHARE * Math.abs(at), NEAREST), 1e-3 * width), above ? -1 : 1);
        double x = at + reach;
        double inside = at + 8 * reach;
        double from = time(x, above);
        double slope = (g.applyAsDouble(x) - g.applyAsDouble(inside)) / (from - time(inside, above));
        return from < Expectation.END && Double.isFinite(slope) ? new End(at, from, g.applyAsDouble(x), slope) : null;
    }

    private double half(boolean above, @Nullable End own, @Nullable End other) {
        DoubleUnaryOperator f = t -> value(t, above, own, other) * 0.5 * Math.exp(-t);
        double turn = 0; // until then the other end's line holds, whose time is −log(2 − e⁻ᵗ)
        if (other != null && other.from < 0) {
            turn = -Math.log(2 - Math.exp(-other.from)); // > 0, as the whole mass is beyond −log 2
        }
        double stop = own == null ? Expectation.END : Math.max(0, own.from);
        double first = Math.min(turn, stop);
        double noise = own == null && other == null ? Expectation.noise(d) : 0; // lines take it out
        double sum = Expectation.integral(f, 0, first, noise);
        sum += Expectation.integral(f, first, stop, noise);
        return own == null
                ? sum + Expectation.rest(f)
                : sum + (own.g(stop) + own.slope) * 0.5 * Math.exp(-stop); // the integral of the line
    }

    private double value(double t, boolean above, @Nullable End own, @Nullable End other) {
        if (other != null) {
            double opposite = -Math.log(2 - Math.exp(-t));
            if (opposite > other.from) {
                return other.g(opposite);
            }
        }
        double p = 0.5 * Math.exp(-t);
        double x = above ? d.survivalQuantile(p) : d.quantile(p);
        if (own != null && Math.abs(x - own.at) < ROUNDED * Math.abs(own.at)) {
            return g.applyAsDouble(x) + own.slope * (t - time(x, above));
        }
        return g.applyAsDouble(x);
    }
}
