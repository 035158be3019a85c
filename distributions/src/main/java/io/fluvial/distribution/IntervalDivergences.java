package io.fluvial.distribution;

/// KL(p ‖ q) of one family on an interval with itself.
final class IntervalDivergences {

    private IntervalDivergences() {}

    static double uniform(Uniform p, Uniform q) {
        return q.low() <= p.low() && p.high() <= q.high()
                ? Ratio.log(q.high() - q.low(), p.high() - p.low())
                : Double.POSITIVE_INFINITY;
    }

    /// That of Dirichlet distributions of two shares.
    static double beta(Beta p, Beta q) {
        return VectorDivergences.dirichlet(p.parameters(), q.parameters());
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
        return p.a() == q.a() ? Ratio.excess(q.b(), p.b()) : Double.NaN;
    }
}
