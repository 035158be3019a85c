package io.fluvial.distribution;

/// KL(p ‖ q) of counts and categories. Sums of deviances x log(x/y) + y − x, none negative, so that two distributions
/// near each other keep their digits.
final class CountDivergences {

    private CountDivergences() {}

    static double bernoulli(Bernoulli p, Bernoulli q) {
        return trial(p.probability(), p.complement(), q.probability(), q.complement());
    }

    /// Of one trial; the deviances' linear parts cancel as both pairs add to 1.
    private static double trial(double p, double notP, double q, double notQ) {
        return SaddlePoint.deviance(p, q) + SaddlePoint.deviance(notP, notQ);
    }

    /// The same number of trials: that many times the divergence of one. Others are summed.
    static double binomial(Binomial p, Binomial q) {
        return p.trials() == q.trials()
                ? p.trials() * trial(p.probability(), p.complement(), q.probability(), q.complement())
                : Double.NaN;
    }

    static double categorical(Categorical p, Categorical q) {
        int n = Math.max(p.categories(), q.categories());
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double first = k < p.categories() ? p.probability(k) : 0;
            double second = k < q.categories() ? q.probability(k) : 0;
            sum += SaddlePoint.deviance(first, second);
        }
        return sum;
    }

    static double oneHot(OneHotCategorical p, OneHotCategorical q) {
        return categorical(p.categories(), q.categories());
    }

    static double multinomial(Multinomial p, Multinomial q) {
        if (p.trials() == q.trials()) {
            return Chance.times(p.trials(), categorical(p.categories(), q.categories()));
        }
        return Double.POSITIVE_INFINITY; // no event is possible under both
    }

    /// The waiting time is 1/p trials, each with the divergence of one.
    static double geometric(Geometric p, Geometric q) {
        return trial(p.probability(), p.complement(), q.probability(), q.complement()) / p.probability();
    }

    /// The same size: that many geometric waiting times. Others are summed, see [WideCounts].
    static double negativeBinomial(NegativeBinomial p, NegativeBinomial q) {
        return p.size() == q.size()
                ? p.size() * trial(p.probability(), p.complement(), q.probability(), q.complement()) / p.probability()
                : WideCounts.divergence(p, q);
    }

    static double negativeBinomial(Geometric p, NegativeBinomial q) {
        return negativeBinomial(ofSizeOne(p), q);
    }

    static double negativeBinomial(NegativeBinomial p, Geometric q) {
        return negativeBinomial(p, ofSizeOne(q));
    }

    private static NegativeBinomial ofSizeOne(Geometric d) {
        return new NegativeBinomial(1, d.probability(), d.complement());
    }

    static double poisson(Poisson p, Poisson q) {
        return SaddlePoint.deviance(p.rate(), q.rate());
    }

    /// Σ (p log(p/q) + q − p) over the whole numbers that carry all but 2e-30 of p, and the rest of q. Where log(p/q)
    /// beyond is at most L, the sum leaves out 2e-30 L.
    static double sum(ScalarDistribution p, ScalarDistribution q) {
        double low = p.quantile(WholeNumbers.OMITTED);
        double high = p.survivalQuantile(WholeNumbers.OMITTED);
        double outside = q.cdf(low - 1) + q.survival(high);
        return outside
                + WholeNumbers.sum(p, k -> {
                    double logP = p.logProb(k);
                    double logQ = q.logProb(k);
                    return term(logP, logQ);
                });
    }

    /// p log(p/q) + q − p ≥ 0.
    static double term(double logP, double logQ) {
        if (logP == Double.NEGATIVE_INFINITY) {
            return Math.exp(logQ);
        }
        double ratio = logP - logQ;
        return Math.abs(ratio) < 1
                ? Math.exp(logP) * Rest.ofExponential(ratio)
                : Chance.times(Math.exp(logP), ratio - 1) + Math.exp(logQ);
    }
}
