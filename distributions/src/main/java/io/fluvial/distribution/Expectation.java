package io.fluvial.distribution;

import java.util.function.DoubleUnaryOperator;

/// E(g(X)) of a continuous distribution, by quadrature over its quantiles: with p = e⁻ᵗ/2,
///
///     E g = ∫₀^∞ (g(quantile(p)) + g(survivalQuantile(p))) p dt ,
///
/// so that both tails are reached to 1e-304 whatever the distribution's scale, and power tails become exponentials.
///
/// About 1e-12 relative to E |g| where g and the quantile function are smooth within each tail and as accurate. What
/// lies beyond t = 700 is added as the rest of an exponential. A tail that does not fall is ±∞; opposite ones give NaN.
final class Expectation {

    static final double END = 700;
    private static final double SLOWEST = 1e-4;

    private Expectation() {}

    static double of(ScalarDistribution d, DoubleUnaryOperator g) {
        DoubleUnaryOperator lower = t -> term(g, d.quantile(0.5 * Math.exp(-t)), t);
        DoubleUnaryOperator upper = t -> term(g, d.survivalQuantile(0.5 * Math.exp(-t)), t);
        double noise = noise(d);
        return half(lower, noise) + half(upper, noise);
    }

    /// What the rounding of quantiles does to functions that change on the scale of d, relative to them.
    static double noise(ScalarDistribution d) {
        return GaussLegendre.noise(d.quantile(0.5), d.survivalQuantile(0.25) - d.quantile(0.25));
    }

    private static double term(DoubleUnaryOperator g, double x, double t) {
        return g.applyAsDouble(x) * 0.5 * Math.exp(-t);
    }

    private static double half(DoubleUnaryOperator f, double noise) {
        return integral(f, 0, END, noise) + rest(f);
    }

    /// ∫ f, piece after piece of doubled length.
    static double integral(DoubleUnaryOperator f, double a, double b, double noise) {
        double sum = 0;
        double size = 0;
        double from = a;
        double length = 1;
        while (from < b) {
            double to = Math.min(from + length, b);
            double part = GaussLegendre.adaptive(f, from, to, size, noise);
            sum += part;
            size = Math.max(size, Math.abs(sum));
            length = Math.max(1, to - a);
            from = to;
        }
        return sum;
    }

    /// What lies beyond [#END], as of an exponential.
    static double rest(DoubleUnaryOperator f) {
        double end = f.applyAsDouble(END);
        if (Math.abs(end) < 1e-290) {
            return end; // also where it has fallen to 0
        }
        double rate = Math.log(f.applyAsDouble(END / 2) / end) / (END / 2);
        return rate > SLOWEST ? end / rate : Math.copySign(Double.POSITIVE_INFINITY, end);
    }
}
