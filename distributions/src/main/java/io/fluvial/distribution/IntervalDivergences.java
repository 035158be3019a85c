package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogBeta;

/// KL(p ‖ q) of one family on an interval with itself.
final class IntervalDivergences {

    private IntervalDivergences() {}

    static double uniform(Uniform p, Uniform q) {
        return q.low() <= p.low() && p.high() <= q.high()
                ? Math.log((q.high() - q.low()) / (p.high() - p.low()))
                : Double.POSITIVE_INFINITY;
    }

    static double beta(Beta p, Beta q) {
        double alpha = p.alpha() - q.alpha();
        double beta = p.beta() - q.beta();
        double both = StirlingRemainder.digamma(p.alpha() + p.beta());
        return LogBeta.value(q.alpha(), q.beta())
                - LogBeta.value(p.alpha(), p.beta())
                + alpha * (StirlingRemainder.digamma(p.alpha()) - both)
                + beta * (StirlingRemainder.digamma(p.beta()) - both);
    }

    /// An exponential family: the logits' difference times the mean, and the difference of the normalisers.
    static double continuousBernoulli(ContinuousBernoulli p, ContinuousBernoulli q) {
        return (p.logit() - q.logit()) * p.mean() + p.logProb(0) - q.logProb(0);
    }

    /// That of the logits.
    static double logitNormal(LogitNormal p, LogitNormal q) {
        return RealDivergences.normal(new Normal(p.location(), p.scale()), new Normal(q.location(), q.scale()));
    }

    /// The same first shape: b of q by b of p. No closed form for others.
    static double kumaraswamy(Kumaraswamy p, Kumaraswamy q) {
        return p.a() == q.a() ? Rest.ofRatio(q.b() / p.b()) : Double.NaN;
    }
}
