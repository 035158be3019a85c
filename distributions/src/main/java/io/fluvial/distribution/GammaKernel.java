package io.fluvial.distribution;

import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/// The density of log T for T with a gamma distribution of rate 1, tᵃ e⁻ᵗ/Γ(a), which gamma, inverse gamma and
/// χ² share, and draws that do not underflow.
final class GammaKernel {

    private GammaKernel() {}

    /// a log t − t − log Γ(a), for t > 0.
    ///
    /// For large a, in the form −a φ(t/a) + ½ log(a/2π) − δ(a) with φ(r) = r − 1 − log r: no large terms cancel
    /// (Loader 2000). The error is some ulp of the value.
    static double log(double a, double t) {
        if (t == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        if (a < 10) {
            return a * Math.log(t) - t - LogGamma.value(a);
        }
        double off = (t - a) / a;
        double phi = Math.abs(off) < 0.5 ? LogRemainder.linear(off) : off - Math.log(t / a);
        return -a * phi + 0.5 * Math.log(a) - Normal.HALF_LOG_TWO_PI - StirlingRemainder.error(a);
    }

    /// log t − ψ(a), the slope of [#log] in a.
    static double slope(double a, double t) {
        double off = (t - a) / a;
        double log = Math.abs(off) < 0.5 ? Math.log1p(off) : Math.log(t / a);
        return log + StirlingRemainder.logMinusDigamma(a);
    }

    /// P(T ≤ t), relative to itself.
    static double cdf(double a, double t) {
        if (!far(a, t)) {
            return RegularizedGamma.P.value(a, t);
        }
        return t < a ? tail(a, t) : 1 - tail(a, t);
    }

    /// P(T > t), relative to itself.
    static double survival(double a, double t) {
        if (!far(a, t)) {
            return RegularizedGamma.Q.value(a, t);
        }
        return t > a ? tail(a, t) : 1 - tail(a, t);
    }

    /// Where the library's prefactor loses digits to the size of a: tails further than four standard deviations.
    private static boolean far(double a, double t) {
        return a > 1e3 && t < Double.POSITIVE_INFINITY && (t - a) * (t - a) > 16 * a;
    }

    /// The probability beyond t on its side of the mean, by Temme's uniform expansion to the term in 1/a² (DLMF 8.12.3
    /// – 8.12.10): the next term is below 1e-3/a³ of the value. What cancels in the coefficients is smaller than
    /// the first term by powers of η², so that nothing is lost this far out.
    private static double tail(double a, double t) {
        double mu = (t - a) / a;
        double phi = Math.abs(mu) < 0.5 ? LogRemainder.linear(mu) : mu - Math.log(t / a);
        double eta = Math.copySign(Math.sqrt(2 * phi), mu);
        double h = 1 / eta;
        double m = 1 / mu;
        double c0 = m - h;
        double c1 = h * h * h - m * (1 / 12.0 + m * (1 + m));
        double c2 = -3 * h * h * h * h * h + m * (1 / 288.0 + m * (1 / 12.0 + m * (25 / 12.0 + m * (5 + m * 3))));
        double rest = Math.exp(-a * phi - 0.5 * Math.log(a) - Normal.HALF_LOG_TWO_PI) * (c0 + (c1 + c2 / a) / a);
        return 0.5 * Erfc.value(Math.sqrt(a * phi)) + (mu > 0 ? rest : -rest);
    }

    /// The logarithm of a draw, which is finite where the draw itself would be 0: for small a, that of G(a + 1) U^(1/a)
    /// (Marsaglia and Tsang 2000, section 6).
    static double logDraw(RandomGenerator random, double a) {
        if (a < 1) {
            return Math.log(draw(random, a + 1)) - random.nextExponential() / a;
        }
        return Math.log(draw(random, a));
    }

    /// log(G(a)/G(b)) of two draws. Where shapes are so small that neither logarithm is a double the ratio is
    /// infinite with the probability a/(a + b), else 0.
    static double logRatioDraw(RandomGenerator random, double a, double b) {
        double logRatio = logDraw(random, a) - logDraw(random, b);
        if (Double.isNaN(logRatio)) {
            return random.nextDouble() * (a + b) < a ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return logRatio;
    }

    private static double draw(RandomGenerator random, double a) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(random::nextLong, a, 1).sample();
    }
}
