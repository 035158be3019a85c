package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;

/// −E_p(log q(X)) for numbers of any distribution p inside the support of q: one line for every family q whose
/// log-density is a sum of functions with known means, [MeanOf] them. NaN where one is not known.
final class CrossEntropy {

    private CrossEntropy() {}

    static double of(ScalarDistribution p, ScalarDistribution q) {
        return switch (q) {
            case Normal n -> normal(p, n);
            case HalfNormal h -> Math.log(h.scale()) + 0.5 * Math.log(0.5 * Math.PI) + 0.5 * square(p, 0, h.scale());
            case Laplace l -> Math.log(2 * l.scale()) + MeanOf.distance(p, l.location()) / l.scale();
            case Gumbel g -> gumbel(p, g);
            case Exponential e -> e.rate() * p.mean() - Math.log(e.rate());
            case Gamma g -> gamma(p, g.concentration(), g.rate());
            case ChiSquared c -> gamma(p, 0.5 * c.degreesOfFreedom(), 0.5);
            case InverseGamma g -> inverseGamma(p, g);
            case LogNormal l -> logNormal(p, l);
            case TruncatedNormal t -> within(p, new Normal(t.location(), t.scale()), t);
            case Weibull w -> weibull(p, w);
            case Pareto g -> -Math.log(g.alpha()) - g.alpha() * Math.log(g.scale()) + (g.alpha() + 1) * MeanOf.log(p);
            case Uniform u -> Math.log(u.high() - u.low());
            case Beta b -> beta(p, b);
            case ContinuousBernoulli c -> -c.logit() * p.mean() - c.logProb(0);
            default -> Double.NaN;
        };
    }

    private static double normal(ScalarDistribution p, Normal q) {
        return SaddlePoint.HALF_LOG_TWO_PI + Math.log(q.scale()) + 0.5 * square(p, q.mean(), q.scale());
    }

    /// E(((X − c)/s)²). Where mean or variance do not exist the square has no finite mean.
    private static double square(ScalarDistribution p, double center, double scale) {
        double deviation = p.standardDeviation() / scale;
        double off = (p.mean() - center) / scale;
        double square = deviation * deviation + off * off;
        return Double.isNaN(square) ? Double.POSITIVE_INFINITY : square;
    }

    /// Inside its ends log q is that of the base and a constant.
    private static double within(ScalarDistribution p, ScalarDistribution base, ScalarDistribution q) {
        double x = q.mode();
        return of(p, base) + base.logProb(x) - q.logProb(x);
    }

    private static double logNormal(ScalarDistribution p, LogNormal q) {
        double log = MeanOf.log(p);
        double z = (log - q.location()) / q.scale();
        double spread = MeanOf.varianceOfLog(p) / q.scale() / q.scale();
        return SaddlePoint.HALF_LOG_TWO_PI + Math.log(q.scale()) + log + 0.5 * (spread + z * z);
    }

    private static double gumbel(ScalarDistribution p, Gumbel q) {
        double z = (p.mean() - q.location()) / q.scale();
        return Math.log(q.scale()) + z + Math.exp(q.location() / q.scale() + MeanOf.logExponential(p, -1 / q.scale()));
    }

    private static double gamma(ScalarDistribution p, double alpha, double rate) {
        double logs = alpha == 1 ? 0 : (alpha - 1) * MeanOf.log(p);
        return LogGamma.value(alpha) - alpha * Math.log(rate) - logs + rate * p.mean();
    }

    private static double inverseGamma(ScalarDistribution p, InverseGamma q) {
        double alpha = q.concentration();
        return LogGamma.value(alpha)
                - alpha * Math.log(q.rate())
                + (alpha + 1) * MeanOf.log(p)
                + q.rate() * Math.exp(MeanOf.logPower(p, -1));
    }

    private static double weibull(ScalarDistribution p, Weibull q) {
        double k = q.concentration();
        double logScale = Math.log(q.scale());
        double logs = k == 1 ? 0 : (k - 1) * (MeanOf.log(p) - logScale);
        return logScale - Math.log(k) - logs + Math.exp(MeanOf.logPower(p, k) - k * logScale);
    }

    private static double beta(ScalarDistribution p, Beta q) {
        double logs = q.alpha() == 1 ? 0 : (q.alpha() - 1) * MeanOf.log(p);
        double others = q.beta() == 1 ? 0 : (q.beta() - 1) * MeanOf.logOfComplement(p);
        return LogBeta.value(q.alpha(), q.beta()) - logs - others;
    }
}
