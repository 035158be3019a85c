package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/// The number of failures before success number r, for any real r > 0,
///
///     P(k) = Γ(k + r)/(k! Γ(r)) pʳ qᵏ,   k = 0, 1, …,   q = 1 − p ,
///
/// a Poisson distribution whose rate is drawn from a gamma of shape r and scale q/p. With r = 1 it is [Geometric] with
/// the same p. θ is (r, p). Log-probabilities by Loader's saddle-point form, to 1e-13 also in the Poisson limit of huge
/// r; entropy by summation, up to the 1e-27 that is left out.
///
/// `torch.distributions.NegativeBinomial` and Bernoulli trials that count the other side write 1 − p for p.
///
/// @param size r > 0
/// @param probability p in (0, 1\], of a success
/// @param complement 1 − p, kept so that a p near 1 has all its digits
public record NegativeBinomial(double size, double probability, double complement)
        implements ScalarDistribution, Parameterized<NegativeBinomial> {

    public NegativeBinomial {
        Parameter.positive("NegativeBinomial", "size", size);
        Parameter.positive("NegativeBinomial", "probability", probability);
        Chance.check("NegativeBinomial", probability, complement);
    }

    public static NegativeBinomial of(double size, double probability) {
        return new NegativeBinomial(size, probability, 1 - probability);
    }

    /// From the logit log(p/q).
    public static NegativeBinomial ofLogit(double size, double logit) {
        return new NegativeBinomial(
                size, Chance.ofLogit("NegativeBinomial", logit), Chance.ofLogit("NegativeBinomial", -logit));
    }

    /// From the mean m and the dispersion α of a count regression: variance m + α m², r = 1/α.
    ///
    /// @param dispersion α > 0
    public static NegativeBinomial ofMeanDispersion(double mean, double dispersion) {
        Parameter.positive("NegativeBinomial", "mean", mean);
        Parameter.positive("NegativeBinomial", "dispersion", dispersion);
        double odds = mean * dispersion;
        double probability = 1 / (1 + odds);
        return new NegativeBinomial(1 / dispersion, probability, odds / (1 + odds));
    }

    @Override
    public ScalarConstraint support() {
        return Integers.NON_NEGATIVE;
    }

    @Override
    public double logProb(double x) {
        return support().contains(x)
                ? SaddlePoint.negativeBinomial(x, size, probability, complement)
                : WholeNumbers.outside(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 0;
        }
        double k = Math.floor(x);
        if (Double.isInfinite(k)) {
            return 1;
        }
        return BetaKernel.cdf(size, k + 1, probability, complement);
    }

    @Override
    public double survival(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 1;
        }
        double k = Math.floor(x);
        if (Double.isInfinite(k)) {
            return 0;
        }
        return BetaKernel.cdf(k + 1, size, complement, probability);
    }

    @Override
    public double sample(RandomGenerator random) {
        double odds = complement / probability;
        if (odds == 0) {
            return 0;
        }
        double rate = AhrensDieterMarsagliaTsangGammaSampler.of(random::nextLong, size, 1)
                .sample();
        return Poisson.draw(random, Math.min(rate * odds, Double.MAX_VALUE));
    }

    @Override
    public double mean() {
        return size * complement / probability;
    }

    @Override
    public double variance() {
        return size * complement / probability / probability;
    }

    /// ⌊(r − 1) q/p⌋; the smaller one where two are as likely.
    @Override
    public double mode() {
        double top = (size - 1) * complement / probability;
        double floor = Math.floor(top);
        return Math.max(0, floor == top ? floor - 1 : floor);
    }

    @Override
    public double entropy() {
        double skew = 1 + complement;
        return complement == 0 ? 0 : WholeNumbers.entropy(this, variance(), skew * skew / (size * complement));
    }

    @Override
    public double[] parameters() {
        return new double[] {size, probability};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, new Interval(0, 1, Interval.End.OPEN, Interval.End.CLOSED));
    }

    @Override
    public NegativeBinomial withParameters(double[] theta) {
        Parameter.length("NegativeBinomial", "parameters", theta, 2);
        return new NegativeBinomial(theta[0], theta[1], Chance.complement(theta[1], probability, complement));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("NegativeBinomial", support(), x, gTheta)) {
            return;
        }
        double k = x[0];
        gTheta[0] = digammaDifference(size, k) + Chance.log(probability, complement);
        gTheta[1] = size / probability - (k == 0 ? 0 : k / complement);
    }

    /// ψ(r + k) − ψ(r), by differences of the asymptotic terms where r is large and ψ itself would cancel.
    private static double digammaDifference(double r, double k) {
        if (k == 0) { // also where ψ(r) is no double, below r = 6e-309
            return 0;
        }
        if (r < 40) { // 1/(240 r⁸) of the last term kept, 1/(132 r¹⁰) of the first left out: 7e-19
            return Digamma.value(r + k) - Digamma.value(r);
        }
        double n = r + k;
        return Math.log1p(k / r) + 0.5 * (k / r) / n + tail(r) - tail(n);
    }

    private static double tail(double x) {
        double s = 1 / (x * x);
        return s * (1 / 12.0 - s * (1 / 120.0 - s * (1 / 252.0 - s / 240.0)));
    }
}
