package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogGamma;

/// KL(p ‖ q) of one family of positive numbers with itself.
final class PositiveDivergences {

    private PositiveDivergences() {}

    static double exponential(Exponential p, Exponential q) {
        return Rest.ofRatio(q.rate() / p.rate());
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

    /// With r the ratio of the rates q/p: αp (r − 1 − log r) + (αp − αq) (ψ(αp) + log r) − log Γ(αp) + log Γ(αq).
    private static double gamma(double alphaP, double rateP, double alphaQ, double rateQ) {
        double r = rateQ / rateP;
        double shapes = alphaP == alphaQ
                ? 0
                : (alphaP - alphaQ) * (StirlingRemainder.digamma(alphaP) + Math.log(r))
                        - LogGamma.value(alphaP)
                        + LogGamma.value(alphaQ);
        return alphaP * Rest.ofRatio(r) + shapes;
    }

    static double halfNormal(HalfNormal p, HalfNormal q) {
        double r = p.scale() / q.scale();
        return 0.5 * Rest.ofRatio(r * r);
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
        return Rest.ofRatio(q.alpha() / p.alpha()) + q.alpha() * Math.log(p.scale() / q.scale());
    }

    static double weibull(Weibull p, Weibull q) {
        double r = q.concentration() / p.concentration();
        double power = q.concentration() * Math.log(p.scale() / q.scale());
        return -Math.log(r) + Gumbel.EULER * (r - 1) - power + Math.expm1(LogGamma.value(1 + r) + power);
    }
}
