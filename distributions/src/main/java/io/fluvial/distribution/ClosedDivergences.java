package io.fluvial.distribution;

import io.fluvial.distribution.KullbackLeibler.Formula;
import io.fluvial.distribution.KullbackLeibler.Pair;
import java.util.List;

/// The closed forms of KL(p ‖ q) for families of the same kind, one a line. Pairs of different families of numbers
/// follow from [CrossEntropy].
///
/// Where p and q are near each other or their parameters are large the usual differences of log Γ
/// leave rounding only. Gamma, inverse gamma, chi-square, beta, Dirichlet, LKJ, Wishart, Gumbel,
/// Weibull and the families of location and scale are therefore sums of terms that are not
/// negative: relative error below 1e-14 against mpmath (`divergences.csv`: parameters from 1e-8 to
/// 1e8, also one ulp apart; ratios of scales from 1e-200 to 1e200). Those of generalized
/// normal and von Mises distributions are differences, good to some ulp of their
/// largest term.
final class ClosedDivergences {

    private ClosedDivergences() {}

    static List<Pair<?, ?>> pairs() {
        return List.of(
                pair(Bernoulli.class, Bernoulli.class, CountDivergences::bernoulli),
                pair(Binomial.class, Binomial.class, CountDivergences::binomial),
                pair(Categorical.class, Categorical.class, CountDivergences::categorical),
                pair(Geometric.class, Geometric.class, CountDivergences::geometric),
                pair(Geometric.class, NegativeBinomial.class, CountDivergences::negativeBinomial),
                pair(Multinomial.class, Multinomial.class, CountDivergences::multinomial),
                pair(NegativeBinomial.class, Geometric.class, CountDivergences::negativeBinomial),
                pair(NegativeBinomial.class, NegativeBinomial.class, CountDivergences::negativeBinomial),
                pair(OneHotCategorical.class, OneHotCategorical.class, CountDivergences::oneHot),
                pair(Poisson.class, Poisson.class, CountDivergences::poisson),
                //
                pair(Cauchy.class, Cauchy.class, RealDivergences::cauchy),
                pair(GeneralizedNormal.class, GeneralizedNormal.class, RealDivergences::generalizedNormal),
                pair(Gumbel.class, Gumbel.class, RealDivergences::gumbel),
                pair(Laplace.class, Laplace.class, RealDivergences::laplace),
                pair(Logistic.class, Logistic.class, RealDivergences::logistic),
                pair(Normal.class, Normal.class, RealDivergences::normal),
                //
                pair(ChiSquared.class, ChiSquared.class, PositiveDivergences::chiSquared),
                pair(ChiSquared.class, Exponential.class, (p, q) -> PositiveDivergences.gamma(gamma(p), gamma(q))),
                pair(ChiSquared.class, Gamma.class, (p, q) -> PositiveDivergences.gamma(gamma(p), q)),
                pair(Exponential.class, ChiSquared.class, (p, q) -> PositiveDivergences.gamma(gamma(p), gamma(q))),
                pair(Exponential.class, Gamma.class, (p, q) -> PositiveDivergences.gamma(gamma(p), q)),
                pair(Gamma.class, ChiSquared.class, (p, q) -> PositiveDivergences.gamma(p, gamma(q))),
                pair(Gamma.class, Exponential.class, (p, q) -> PositiveDivergences.gamma(p, gamma(q))),
                pair(Exponential.class, Exponential.class, PositiveDivergences::exponential),
                pair(Gamma.class, Gamma.class, PositiveDivergences::gamma),
                pair(HalfCauchy.class, HalfCauchy.class, PositiveDivergences::halfCauchy),
                pair(HalfNormal.class, HalfNormal.class, PositiveDivergences::halfNormal),
                pair(InverseGamma.class, InverseGamma.class, PositiveDivergences::inverseGamma),
                pair(LogNormal.class, LogNormal.class, PositiveDivergences::logNormal),
                pair(Pareto.class, Pareto.class, PositiveDivergences::pareto),
                pair(Weibull.class, Weibull.class, PositiveDivergences::weibull),
                //
                pair(Beta.class, Beta.class, IntervalDivergences::beta),
                pair(ContinuousBernoulli.class, ContinuousBernoulli.class, IntervalDivergences::continuousBernoulli),
                pair(Kumaraswamy.class, Kumaraswamy.class, IntervalDivergences::kumaraswamy),
                pair(LogitNormal.class, LogitNormal.class, IntervalDivergences::logitNormal),
                pair(Uniform.class, Uniform.class, IntervalDivergences::uniform),
                //
                pair(Dirichlet.class, Dirichlet.class, VectorDivergences::dirichlet),
                pair(Independent.class, MultivariateNormal.class, VectorDivergences::normal),
                pair(InverseWishart.class, InverseWishart.class, VectorDivergences::inverseWishart),
                pair(LkjCholesky.class, LkjCholesky.class, VectorDivergences::lkj),
                pair(LowRankMultivariateNormal.class, LowRankMultivariateNormal.class, VectorDivergences::normal),
                pair(LowRankMultivariateNormal.class, MultivariateNormal.class, VectorDivergences::normal),
                pair(MultivariateNormal.class, Independent.class, VectorDivergences::normal),
                pair(MultivariateNormal.class, LowRankMultivariateNormal.class, VectorDivergences::normal),
                pair(MultivariateNormal.class, MultivariateNormal.class, VectorDivergences::normal),
                pair(VonMises.class, VonMises.class, VectorDivergences::vonMises),
                pair(VonMisesFisher.class, VonMisesFisher.class, VectorDivergences::vonMisesFisher),
                pair(Wishart.class, Wishart.class, VectorDivergences::wishart));
    }

    private static Gamma gamma(ChiSquared d) {
        return Gamma.ofShapeRate(0.5 * d.degreesOfFreedom(), 0.5);
    }

    private static Gamma gamma(Exponential d) {
        return Gamma.ofShapeRate(1, d.rate());
    }

    private static <P extends Distribution, Q extends Distribution> Pair<P, Q> pair(
            Class<P> p, Class<Q> q, Formula<P, Q> formula) {
        return new Pair<>(p, q, formula);
    }
}
