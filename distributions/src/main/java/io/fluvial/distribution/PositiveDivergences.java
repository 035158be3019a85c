package io.fluvial.distribution;

/// KL(p ‖ q) of one family of positive numbers with itself.
final class PositiveDivergences {

    private PositiveDivergences() {}

    static double exponential(Exponential p, Exponential q) {
        return Ratio.excess(q.rate(), p.rate());
    }

    static double gamma(Gamma p, Gamma q) {
        return gamma(p.concentration(), p.rate(), q.concentration(), q.rate());
    }

    /// 1/X is gamma distributed with the same numbers.
    static double inverseGamma(InverseGamma p, InverseGamma q) {
        return gamma(p.concentration(), p.rate(), q.concentration(), q.rate());
    }

    static double chiSquared(ChiSquared p, ChiSquared q) {
        return gamma(0.5 * p.degreesOfFreedom(), 1, 0.5 * q.degreesOfFreedom(), 1);
    }

    /// The deviance of αq from αp in the proportion of the rates, and R(αp, αq) of
    /// [LogGammaBregman].
    private static double gamma(double alphaP, double rateP, double alphaQ, double rateQ) {
        return Ratio.deviance(alphaQ, alphaP, rateQ, rateP) + LogGammaBregman.rest(alphaP, alphaQ, alphaQ - alphaP);
    }

    static double halfNormal(HalfNormal p, HalfNormal q) {
        return Ratio.squareExcess(p.scale(), q.scale());
    }

    /// That of the Cauchy distributions folded.
    static double halfCauchy(HalfCauchy p, HalfCauchy q) {
        return RealDivergences.cauchy(new Cauchy(0, p.scale()), new Cauchy(0, q.scale()));
    }

    /// That of the logarithms.
    static double logNormal(LogNormal p, LogNormal q) {
        return RealDivergences.normal(new Normal(p.location(), p.scale()), new Normal(q.location(), q.scale()));
    }

    /// p must start where q has started.
    static double pareto(Pareto p, Pareto q) {
        if (p.scale() < q.scale()) {
            return Double.POSITIVE_INFINITY;
        }
        return Ratio.excess(q.alpha(), p.alpha()) + q.alpha() * Ratio.log(p.scale(), q.scale());
    }

    /// −log X is a Gumbel variable of scale 1/k.
    static double weibull(Weibull p, Weibull q) {
        double power = q.concentration() * Ratio.log(q.scale(), p.scale());
        return RealDivergences.gumbel(q.concentration(), p.concentration(), power);
    }
}
