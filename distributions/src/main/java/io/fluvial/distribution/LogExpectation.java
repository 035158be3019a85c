package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// E(g(X)) like [Expectation], of a g that runs as a multiple of the log of the distance at a
/// finite end of the support or of the number itself at an infinite one, as a log-density does.
///
/// Quantiles round to the end itself, where such a g is infinite, though what lies there has a
/// finite share. With the tail probability e⁻ᵗ/2 a power of the distance, g is linear in t: from 16
/// doubles before the end on (1e-290 of an end at 0, 1e290 of an infinite one) the line through two
/// points further inside stands for it, and to that distance a quantile's rounding is taken out by
/// the slope of that line.
///
/// About 1e-12 where g is smooth else and the distribution function accurate. A third point shows
/// where the tail is no power, as of a logit-normal whose mass reaches to 1e-15 of 1: there is no
/// number if the line might be off by more than 1e-6.
final class LogExpectation {

    private static final double NEAREST = 1e-290;
    private static final double FARTHEST = 1e290;
    private static final double NEAR = 16; // doubles: the points inside are exact, their quantiles are not
    private static final double ROUNDED = 1e-4; // nearer than that, rounding shows in 1e-12 of a logarithm

    /// What is refused, of the expectation or of 1.
    private static final double UNCERTAIN = 1e-6;

    private final ScalarDistribution d;
    private final DoubleUnaryOperator g;

    /// g(x) = value + slope (t − from) at the end `at` from the time `from` on; `uncertain` is the expectation
    /// of what a parabola through one more point would add.
    private record End(double at, double from, double value, double slope, double uncertain) {

        double g(double t) {
            return value + slope * (t - from);
        }

        boolean rounds(double x) {
            return Math.abs(x - at) < ROUNDED * Math.abs(at);
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
        double sum = all.half(false, lower, upper) + all.half(true, upper, lower);
        double uncertain = (lower == null ? 0 : lower.uncertain) + (upper == null ? 0 : upper.uncertain);
        if (!(uncertain <= UNCERTAIN * Math.max(1, Math.abs(sum)))) { // also for NaN
            throw new UnsupportedOperationException(
                    "the density of " + d + " has a pole or a zero where doubles are too "
                            + "far apart for its entropy, which might be off by " + uncertain
                            + ": average −log p over draws, or shift the end to 0");
        }
        return sum;
    }

    /// The time −log(2 P) of a point, P the probability from the end to it.
    private double time(double x, boolean above) {
        return -Math.log(2 * (above ? d.survival(x) : d.cdf(x)));
    }

    /// Null where there is no mass near the end or g is finite there: quantiles that round to it do no harm then.
    private @Nullable End end(boolean above) {
        if (!(d.support() instanceof Interval all)) {
            return null;
        }
        double at = above ? all.upper() : all.lower();
        if (Double.isFinite(g.applyAsDouble(at))) {
            return null;
        }
        double width = all.upper() - all.lower();
        double reach = Math.min(Math.max(NEAR * Math.ulp(at), NEAREST), 1e-3 * width); // of a finite end
        double[] t = new double[3];
        double[] value = new double[3];
        double step = 1;
        for (int k = 0; k < 3; k++) {
            double x =
                    Double.isInfinite(at) ? Math.copySign(FARTHEST, at) / step : at + (above ? -reach : reach) * step;
            t[k] = time(x, above);
            value[k] = g.applyAsDouble(x);
            step *= 8;
        }
        if (t[0] >= Expectation.END) {
            return null;
        }
        double slope = (value[0] - value[1]) / (t[0] - t[1]);
        double bend = (slope - (value[1] - value[2]) / (t[1] - t[2])) / (t[0] - t[2]);
        // ∫ bend (s − t₀)(s − t₁) ½ e⁻ˢ ds from t₀ on
        double uncertain = Math.abs(bend) * (1 + 0.5 * (t[0] - t[1])) * Math.exp(-t[0]);
        return new End(at, t[0], value[0], slope, uncertain);
    }

    private double half(boolean above, @Nullable End own, @Nullable End other) {
        DoubleUnaryOperator f = t -> value(t, above, own, other) * 0.5 * Math.exp(-t);
        double turn = 0; // until then the other end's line holds, whose time is −log(2 − e⁻ᵗ)
        if (other != null && other.from < 0) {
            turn = -Math.log(2 - Math.exp(-other.from)); // > 0, as the whole mass is beyond −log 2
        }
        double stop = own == null ? Expectation.END : Math.max(0, own.from);
        double first = Math.min(turn, stop);
        double noise = Expectation.noise(d);
        double sum = Expectation.integral(f, 0, first, noise);
        sum += Expectation.integral(f, first, stop, noise);
        return own == null
                ? sum + Expectation.rest(f)
                : sum + (own.g(stop) + own.slope) * 0.5 * Math.exp(-stop); // the integral of the line
    }

    private double value(double t, boolean above, @Nullable End own, @Nullable End other) {
        double opposite = -Math.log(2 - Math.exp(-t)); // the time from the other end
        if (other != null && opposite > other.from) {
            return other.g(opposite);
        }
        double p = 0.5 * Math.exp(-t);
        double x = above ? d.survivalQuantile(p) : d.quantile(p);
        if (own != null && own.rounds(x)) {
            return g.applyAsDouble(x) + own.slope * (t - time(x, above));
        }
        if (other != null && other.rounds(x)) {
            return g.applyAsDouble(x) + other.slope * (opposite - time(x, !above));
        }
        return g.applyAsDouble(x);
    }
}
