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

    /// An exponential family: the logits' difference times the mean, and the difference of the
    /// normalisers; of near logits ∫ (η_q − t) Var_t dt, where nothing cancels. From the end where p
    /// is highest, which log p(0) and the mean would leave far behind.
    static double continuousBernoulli(ContinuousBernoulli p, ContinuousBernoulli q) {
        if (p.logit() > 0) {
            return continuousBernoulli(
                    ContinuousBernoulli.ofLogit(-p.logit()), ContinuousBernoulli.ofLogit(-q.logit()));
        }
        double step = q.logit() - p.logit();
        if (Math.abs(step) <= 1) { // the variance is analytic within 2π of the real line
            return GaussLegendre.once(
                    s -> step
                            * step
                            * (1 - s)
                            * ContinuousBernoulli.ofLogit(p.logit() + s * step).variance(),
                    0,
                    1);
        }
        return Math.max(0, -step * p.mean() + p.logProb(0) - q.logProb(0)); // not below 0 by rounding
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
