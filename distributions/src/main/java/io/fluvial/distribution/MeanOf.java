package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.Trigamma;

/// Means of functions of a random number in closed form, one line a family; NaN where it has none here.
final class MeanOf {

    private static final double LOG_2 = Math.log(2);
    private static final double PI_SQUARE = Math.PI * Math.PI;

    private MeanOf() {}

    /// E(log X), X > 0.
    static double log(ScalarDistribution p) {
        return switch (p) {
            case Exponential e -> -Gumbel.EULER - Math.log(e.rate());
            case Gamma g -> StirlingRemainder.digamma(g.concentration()) - Math.log(g.rate());
            case ChiSquared c -> StirlingRemainder.digamma(0.5 * c.degreesOfFreedom()) + LOG_2;
            case InverseGamma g -> Math.log(g.rate()) - StirlingRemainder.digamma(g.concentration());
            case Weibull w -> Math.log(w.scale()) - Gumbel.EULER / w.concentration();
            case Pareto g -> Math.log(g.scale()) + 1 / g.alpha();
            case HalfNormal h -> Math.log(h.scale()) - 0.5 * (Gumbel.EULER + LOG_2);
            case HalfCauchy h -> Math.log(h.scale());
            case Beta b -> StirlingRemainder.digamma(b.alpha()) - StirlingRemainder.digamma(b.alpha() + b.beta());
            case Kumaraswamy k -> -(StirlingRemainder.digamma(k.b() + 1) + Gumbel.EULER) / k.a();
            case Uniform u -> (xLogX(u.high()) - xLogX(u.low())) / (u.high() - u.low()) - 1;
            case FisherSnedecor f -> logOfRatio(f);
            case LogNormal l -> l.location();
            default -> Double.NaN;
        };
    }

    /// Var(log X), X > 0.
    static double varianceOfLog(ScalarDistribution p) {
        return switch (p) {
            case Exponential e -> PI_SQUARE / 6;
            case Gamma g -> Trigamma.value(g.concentration());
            case ChiSquared c -> Trigamma.value(0.5 * c.degreesOfFreedom());
            case InverseGamma g -> Trigamma.value(g.concentration());
            case Weibull w -> PI_SQUARE / 6 / (w.concentration() * w.concentration());
            case Pareto g -> 1 / (g.alpha() * g.alpha());
            case HalfNormal h -> PI_SQUARE / 8;
            case HalfCauchy h -> PI_SQUARE / 4;
            case Beta b -> Trigamma.value(b.alpha()) - Trigamma.value(b.alpha() + b.beta());
            case Kumaraswamy k -> (PI_SQUARE / 6 - Trigamma.value(k.b() + 1)) / (k.a() * k.a());
            case FisherSnedecor f ->
                Trigamma.value(0.5 * f.numeratorDegrees()) + Trigamma.value(0.5 * f.denominatorDegrees());
            case LogNormal l -> l.scale() * l.scale();
            default -> Double.NaN;
        };
    }

    private static double logOfRatio(FisherSnedecor f) {
        double first = 0.5 * f.numeratorDegrees();
        double second = 0.5 * f.denominatorDegrees();
        return Math.log(second / first) + StirlingRemainder.digamma(first) - StirlingRemainder.digamma(second);
    }

    private static double xLogX(double x) {
        return x == 0 ? 0 : x * Math.log(x);
    }

    /// E(log(1 − X)), X < 1.
    static double logOfComplement(ScalarDistribution p) {
        return switch (p) {
            case Beta b -> StirlingRemainder.digamma(b.beta()) - StirlingRemainder.digamma(b.alpha() + b.beta());
            case Uniform u -> (xLogX(1 - u.low()) - xLogX(1 - u.high())) / (u.high() - u.low()) - 1;
            case Kumaraswamy k when k.a() == 1 -> -1 / k.b();
            default -> Double.NaN;
        };
    }

    /// log E(Xᵗ), X > 0; +∞ where the mean is.
    static double logPower(ScalarDistribution p, double t) {
        return switch (p) {
            case Exponential e -> logGammaPower(1, t) - t * Math.log(e.rate());
            case Gamma g -> logGammaPower(g.concentration(), t) - t * Math.log(g.rate());
            case ChiSquared c -> logGammaPower(0.5 * c.degreesOfFreedom(), t) + t * LOG_2;
            case InverseGamma g -> logGammaPower(g.concentration(), -t) + t * Math.log(g.rate());
            case Weibull w -> logGammaPower(1, t / w.concentration()) + t * Math.log(w.scale());
            case LogNormal l -> t * l.location() + 0.5 * (t * l.scale()) * (t * l.scale());
            case HalfNormal h -> logGammaPower(0.5, 0.5 * t) + t * (Math.log(h.scale()) + 0.5 * LOG_2);
            case Pareto g ->
                t < g.alpha()
                        ? Math.log(g.alpha() / (g.alpha() - t)) + t * Math.log(g.scale())
                        : Double.POSITIVE_INFINITY;
            case Beta b ->
                b.alpha() + t > 0
                        ? LogBeta.value(b.alpha() + t, b.beta()) - LogBeta.value(b.alpha(), b.beta())
                        : Double.POSITIVE_INFINITY;
            case Kumaraswamy k ->
                1 + t / k.a() > 0 ? Math.log(k.b()) + LogBeta.value(1 + t / k.a(), k.b()) : Double.POSITIVE_INFINITY;
            case Uniform u -> logUniformPower(u, t);
            default -> Double.NaN;
        };
    }

    /// log(Γ(a + t)/Γ(a)) = log E(Xᵗ) of a gamma with shape a and rate 1.
    private static double logGammaPower(double a, double t) {
        return a + t > 0 ? LogGamma.value(a + t) - LogGamma.value(a) : Double.POSITIVE_INFINITY;
    }

    private static double logUniformPower(Uniform u, double t) {
        if (u.low() == 0 && t <= -1) {
            return Double.POSITIVE_INFINITY;
        }
        double integral = t == -1
                ? Math.log(u.high() / u.low())
                : (Math.pow(u.high(), t + 1) - Math.pow(u.low(), t + 1)) / (t + 1);
        return Math.log(integral / (u.high() - u.low()));
    }

    /// log E(e^tX); +∞ where the mean is.
    static double logExponential(ScalarDistribution p, double t) {
        return switch (p) {
            case Normal n -> t * n.mean() + 0.5 * (t * n.scale()) * (t * n.scale());
            case Exponential e -> t < e.rate() ? -Math.log1p(-t / e.rate()) : Double.POSITIVE_INFINITY;
            case Gamma g -> t < g.rate() ? -g.concentration() * Math.log1p(-t / g.rate()) : Double.POSITIVE_INFINITY;
            case ChiSquared c -> t < 0.5 ? -0.5 * c.degreesOfFreedom() * Math.log1p(-2 * t) : Double.POSITIVE_INFINITY;
            case Laplace l ->
                Math.abs(t) * l.scale() < 1
                        ? t * l.location() - Math.log1p(-(t * l.scale()) * (t * l.scale()))
                        : Double.POSITIVE_INFINITY;
            case Logistic l -> logistic(t * l.location(), Math.abs(t) * l.scale());
            case Gumbel g ->
                t * g.scale() < 1 ? t * g.location() + LogGamma.value(1 - t * g.scale()) : Double.POSITIVE_INFINITY;
            case Uniform u -> uniform(t * u.low(), t * u.high());
            default -> Double.NaN;
        };
    }

    private static double logistic(double shift, double u) {
        return u < 1 ? shift + Math.log(Math.PI * u / Math.sin(Math.PI * u)) : Double.POSITIVE_INFINITY;
    }

    /// log of the mean of eˣ between two ends.
    private static double uniform(double a, double b) {
        double low = Math.min(a, b);
        double width = Math.abs(b - a);
        return low + width + Math.log(-Math.expm1(-width) / width);
    }

    /// E|X − c|.
    static double distance(ScalarDistribution p, double c) {
        return switch (p) {
            case Normal n -> normal((c - n.mean()) / n.scale()) * n.scale();
            case Laplace l -> {
                double t = Math.abs(c - l.location()) / l.scale();
                yield l.scale() * (t + Math.exp(-t));
            }
            case Logistic l -> {
                double t = Math.abs(c - l.location()) / l.scale();
                yield l.scale() * (t + 2 * Math.log1p(Math.exp(-t)));
            }
            case Exponential e -> c <= 0 ? p.mean() - c : c - 1 / e.rate() + 2 * Math.exp(-c * e.rate()) / e.rate();
            case Uniform u
            when c > u.low() && c < u.high() ->
                0.5 * ((c - u.low()) * (c - u.low()) + (u.high() - c) * (u.high() - c)) / (u.high() - u.low());
            default -> p.cdf(c) == 0 ? p.mean() - c : p.survival(c) == 0 ? c - p.mean() : Double.NaN;
        };
    }

    private static double normal(double z) {
        return Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * z * z) + z * Erf.value(z * Math.sqrt(0.5));
    }
}
