package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.transform.Exp;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KullbackLeiblerTest {

    record Pair(ScalarDistribution p, ScalarDistribution q) {}

    private static Pair pair(ScalarDistribution p, ScalarDistribution q) {
        return new Pair(p, q);
    }

    /// Pairs with a finite divergence.
    static List<Pair> pairs() {
        return List.of(
                pair(Bernoulli.of(0.3), Bernoulli.of(0.45)),
                pair(Bernoulli.of(0.3), Poisson.of(0.7)),
                pair(Binomial.of(12, 0.3), Binomial.of(12, 0.5)),
                pair(Binomial.of(12, 0.3), Binomial.of(20, 0.2)),
                pair(Binomial.of(12, 0.3), Poisson.of(4)),
                pair(Binomial.of(1_000_000, 2e-6), Poisson.of(2)),
                pair(Categorical.of(0.1, 0.2, 0.7), Categorical.of(0.3, 0.3, 0.4)),
                pair(Categorical.of(0.1, 0.2, 0.7), Binomial.of(2, 0.6)),
                pair(DiscreteUniform.of(0, 4), Geometric.of(0.3)),
                pair(Geometric.of(0.3), Geometric.of(0.1)),
                pair(Geometric.of(0.3), Poisson.of(2)),
                pair(NegativeBinomial.of(2.5, 0.4), NegativeBinomial.of(2.5, 0.3)),
                pair(NegativeBinomial.of(2.5, 0.4), NegativeBinomial.of(1.2, 0.3)),
                pair(NegativeBinomial.of(2.5, 0.4), Poisson.of(4)),
                pair(OrderedLogistic.of(0.3, -1, 1), OrderedLogistic.of(0, -1, 2)),
                pair(Poisson.of(3), Poisson.of(3.0001)),
                pair(Poisson.of(3), Geometric.of(0.2)),
                pair(Poisson.of(3), NegativeBinomial.of(4, 0.5)),
                pair(ZeroInflated.of(Poisson.of(3), 0.2), Poisson.of(3)),
                pair(
                        Mixture.of(new double[] {0.4, 0.6}, Poisson.of(2), Binomial.of(9, 0.5)),
                        NegativeBinomial.of(4, 0.5)),
                //
                pair(Cauchy.of(0, 1), Cauchy.of(0.4, 1.7)),
                pair(GeneralizedNormal.of(0, 1, 1.5), GeneralizedNormal.of(0, 1.3, 2.5)),
                pair(Gumbel.of(0.3, 1), Gumbel.of(0, 1.4)),
                pair(Gumbel.of(0.3, 1), Normal.of(1, 2)),
                pair(Laplace.of(0.3, 1), Laplace.of(0, 1.4)),
                pair(Laplace.of(0.3, 1), Normal.of(0, 2)),
                pair(Laplace.of(0.3, 0.5), Gumbel.of(0, 1.4)),
                pair(Logistic.of(0.3, 0.5), Logistic.of(0, 0.5)),
                pair(Logistic.of(0.3, 0.5), Logistic.of(0.28, 0.5)),
                pair(Logistic.of(0.3, 0.5), Normal.of(0, 2)),
                pair(Logistic.of(0.3, 0.5), Laplace.of(0, 2)),
                pair(Logistic.of(0.3, 0.5), Gumbel.of(0, 2)),
                pair(Normal.of(0.3, 0.5), Normal.of(0, 2)),
                pair(Normal.of(0.3, 0.5), Laplace.of(0, 2)),
                pair(Normal.of(0.3, 0.5), Gumbel.of(0, 2)),
                pair(StudentT.of(5, 0.1, 1.2), Normal.of(0, 2)),
                //
                pair(ChiSquared.of(3), ChiSquared.of(4.5)),
                pair(ChiSquared.of(3), Gamma.ofShapeRate(2, 0.7)),
                pair(Exponential.of(1.3), Exponential.of(0.4)),
                pair(Exponential.of(1.3), Gamma.ofShapeRate(2, 0.7)),
                pair(Exponential.of(1.3), ChiSquared.of(3)),
                pair(Exponential.of(1.3), Weibull.of(2, 1.5)),
                pair(Exponential.of(1.3), HalfNormal.of(2)),
                pair(Exponential.of(1.3), Normal.of(0, 2)),
                pair(Exponential.of(1.3), Laplace.of(0.5, 2)),
                pair(Exponential.of(1.3), Laplace.of(-0.5, 2)),
                pair(Exponential.of(1.3), Gumbel.of(0.5, 2)),
                pair(FisherSnedecor.of(4, 9), Gamma.ofShapeRate(2, 0.7)),
                pair(Gamma.ofShapeRate(2, 0.7), Gamma.ofShapeRate(1.5, 0.9)),
                pair(Gamma.ofShapeRate(2, 0.7), Exponential.of(0.4)),
                pair(Gamma.ofShapeRate(2.5, 0.7), InverseGamma.of(3, 2)),
                pair(Gamma.ofShapeRate(2, 0.7), Weibull.of(2, 1.5)),
                pair(Gamma.ofShapeRate(2, 0.7), Normal.of(0, 2)),
                pair(Gamma.ofShapeRate(2, 0.7), Gumbel.of(0.3, 2)),
                pair(HalfCauchy.of(1), HalfCauchy.of(2.5)),
                pair(HalfCauchy.of(1), LogNormal.of(0.3, 1.4)),
                pair(HalfNormal.of(1), LogNormal.of(0.3, 1.4)),
                pair(Gamma.ofShapeRate(2, 0.7), LogNormal.of(0.3, 1.4)),
                pair(Weibull.of(2, 1.5), LogNormal.of(0.3, 1.4)),
                pair(Pareto.of(2, 3), LogNormal.of(0.3, 1.4)),
                pair(FisherSnedecor.of(4, 9), LogNormal.of(0.3, 1.4)),
                pair(Exponential.of(1.3), LogNormal.of(0.3, 1.4)),
                pair(InverseGamma.of(3, 2), LogNormal.of(0.3, 1.4)),
                pair(LogNormal.of(0.3, 0.7), LogNormal.of(0.5, 0.9)),
                pair(LogNormal.of(0.3, 0.7), Gamma.ofShapeRate(2, 0.7)),
                pair(LogNormal.of(0.3, 0.7), InverseGamma.of(3, 2)),
                pair(LogNormal.of(0.3, 0.7), Weibull.of(2, 0.8)),
                pair(LogNormal.of(0.3, 0.5), Normal.of(1, 2)),
                pair(HalfNormal.of(1), HalfNormal.of(2.5)),
                pair(HalfNormal.of(1), Gamma.ofShapeRate(0.8, 2)),
                pair(HalfNormal.of(1), Weibull.of(2, 1.5)),
                pair(InverseGamma.of(3, 2), InverseGamma.of(2.5, 1.5)),
                pair(InverseGamma.of(3, 2), Gamma.ofShapeRate(2, 0.7)),
                pair(Pareto.of(2, 3), Pareto.of(1.5, 2.5)),
                pair(Pareto.of(2, 3), Exponential.of(0.4)),
                pair(Pareto.of(2, 3), Gamma.ofShapeRate(2, 0.7)),
                pair(Pareto.of(2, 3), Normal.of(1, 2)),
                pair(Pareto.of(2, 3), Weibull.of(1, 1.2)),
                pair(Pareto.of(2, 3), InverseGamma.of(3, 2)),
                pair(Weibull.of(2, 1.5), Weibull.of(1.7, 1.1)),
                pair(Weibull.of(2, 1.5), Gamma.ofShapeRate(2, 0.7)),
                pair(Weibull.of(2, 1.5), Normal.of(0, 2)),
                //
                pair(Beta.of(2, 3), Beta.of(0.9, 1.4)),
                pair(Beta.of(2, 3), ContinuousBernoulli.of(0.7)),
                pair(Beta.of(2, 3), Exponential.of(0.4)),
                pair(Beta.of(2, 3), Gamma.ofShapeRate(2, 0.7)),
                pair(Beta.of(2, 3), Normal.of(0, 2)),
                pair(Beta.of(2, 3), Uniform.of(-1, 2)),
                pair(Beta.of(2, 3), Weibull.of(2, 1.5)),
                pair(Beta.of(2, 3), InverseGamma.of(2, 1.5)),
                pair(ContinuousBernoulli.of(0.7), ContinuousBernoulli.of(0.4)),
                pair(ContinuousBernoulli.of(0.7), Exponential.of(0.4)),
                pair(ContinuousBernoulli.of(0.7), Normal.of(0, 2)),
                pair(ContinuousBernoulli.of(0.7), Uniform.of(-1, 2)),
                pair(Kumaraswamy.of(2, 3), Kumaraswamy.of(2, 1.5)),
                pair(Kumaraswamy.of(2, 3), LogNormal.of(0.3, 1.4)),
                pair(Beta.of(2, 3), LogNormal.of(0.3, 1.4)),
                pair(LogitNormal.of(0.3, 0.7), LogitNormal.of(0.1, 0.9)),
                pair(Uniform.of(0.2, 0.9), TruncatedNormal.of(0, 1, -0.5, 2)),
                pair(TruncatedNormal.of(0, 1, -0.5, 2), TruncatedNormal.of(0.3, 2, -1, 2)),
                pair(TruncatedNormal.of(0, 1, -0.5, 2), Normal.of(0.3, 2)),
                pair(Kumaraswamy.of(2, 3), Gamma.ofShapeRate(2, 0.7)),
                pair(Kumaraswamy.of(2, 3), Weibull.of(2, 1.5)),
                pair(Kumaraswamy.of(1, 3), Beta.of(2, 1.5)),
                pair(Uniform.of(0.2, 0.9), Uniform.of(-1, 2)),
                pair(Uniform.of(0.2, 0.9), Beta.of(2, 1.5)),
                pair(Uniform.of(0.2, 0.9), ContinuousBernoulli.of(0.7)),
                pair(Uniform.of(0.2, 0.9), Exponential.of(0.4)),
                pair(Uniform.of(0.2, 0.9), Gamma.ofShapeRate(2, 0.7)),
                pair(Uniform.of(0.2, 0.9), InverseGamma.of(2, 0.7)),
                pair(Uniform.of(0.2, 0.9), Gumbel.of(0.3, 2)),
                pair(Uniform.of(0.2, 0.9), Normal.of(0, 2)),
                pair(Uniform.of(0.2, 0.9), Laplace.of(0.5, 2)),
                pair(Uniform.of(2, 3), Pareto.of(1.5, 2.5)),
                pair(Uniform.of(2, 3), Weibull.of(1.5, 2.5)));
    }

    /// The quadrature is exact to 1e-12 for analytic densities; where −log q grows like a power of a heavy tail
    /// (Pareto,
    /// inverse gamma) its last piece is worth 1e-9.
    private static final double TOLERANCE = 1e-8;

    /// At a kink of a density, or of its third derivative, it converges with a power of its step 1/128 only.
    private static final double WITH_KINK = 1e-4;

    private static double tolerance(Pair pair) {
        boolean kink = Stream.of(pair.p, pair.q).anyMatch(d -> d instanceof Laplace || d instanceof GeneralizedNormal);
        return kink ? WITH_KINK : TOLERANCE;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void exactValueIsTheIntegral(Pair pair) {
        double exact = KullbackLeibler.between(pair.p, pair.q).nats();
        double expected = integral(pair.p, pair.q);
        assertEquals(expected, exact, tolerance(pair) * Math.max(1e-3, expected));
    }

    /// n = 4000, off by 6 standard errors with probability 2e-9 each, more for skewed ratios.
    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("statistical")
    void exactValueIsNearTheEstimate(Pair pair) {
        double exact = KullbackLeibler.between(pair.p, pair.q).nats();
        Divergence.Estimate estimate = KullbackLeibler.estimate(pair.p, pair.q, new SplittableRandom(7), 4000);
        assertEquals(exact, estimate.nats(), 6 * estimate.standardError() + 1e-13);
    }

    private static double integral(ScalarDistribution p, ScalarDistribution q) {
        double sum = 0;
        if (p.support().isDiscrete()) {
            for (double k = p.quantile(1e-40); k <= p.survivalQuantile(1e-40); k++) {
                sum += Math.exp(p.logProb(k)) * (p.logProb(k) - q.logProb(k));
            }
            return sum;
        }
        double step = 1.0 / 128; // tanh-sinh in the probability
        for (double t = -4.6; t <= 4.6; t += step) {
            double tail = 1 / (1 + Math.exp(Math.PI * Math.sinh(Math.abs(t))));
            double x = t < 0 ? p.quantile(tail) : p.survivalQuantile(tail);
            double weight = tail * (1 - tail) * Math.PI * Math.cosh(t);
            double ratio = p.logProb(x) - q.logProb(x);
            if (tail > 1e-17 || Double.isFinite(ratio)) { // else x has rounded to an end, with nothing beyond
                sum += step * weight * ratio;
            }
        }
        return sum;
    }

    @Test
    void massOutsideTheOtherSupportIsInfinitelyFar() {
        for (Pair pair : List.of(
                pair(Normal.of(0, 1), Exponential.of(1)),
                pair(Normal.of(0, 1), Uniform.of(-50, 50)),
                pair(Normal.of(0, 1), Beta.of(1, 2)),
                pair(Exponential.of(1), Pareto.of(1, 2)),
                pair(Pareto.of(1, 2), Pareto.of(1.1, 2)),
                pair(Pareto.of(1, 2), Uniform.of(0, 9)),
                pair(Gumbel.of(1, 2), Gamma.ofShapeRate(1, 2)),
                pair(Uniform.of(-1, 1), Uniform.of(0, 1)),
                pair(Poisson.of(2), Bernoulli.of(0.5)),
                pair(Poisson.of(1e-30), Bernoulli.of(0.5)),
                pair(Poisson.of(2), Binomial.of(100, 0.5)),
                pair(Binomial.of(5, 0.2), Binomial.of(4, 0.2)),
                pair(Bernoulli.of(0.5), Bernoulli.of(1)),
                pair(Normal.of(0, 1), Poisson.of(3)),
                pair(Poisson.of(3), Normal.of(0, 1)),
                pair(Cauchy.of(0, 1), Normal.of(0, 1)),
                pair(Pareto.of(1, 0.5), Exponential.of(1)))) {
            assertEquals(
                    new Divergence.Exact(Double.POSITIVE_INFINITY),
                    KullbackLeibler.between(pair.p, pair.q),
                    pair.toString());
        }
    }

    @Test
    void noMassOutsideIsFinite() {
        assertEquals(
                0, KullbackLeibler.between(Poisson.of(0), Binomial.of(3, 0)).nats());
        assertEquals(
                -Math.log(0.5),
                KullbackLeibler.between(Poisson.of(0), Bernoulli.of(0.5)).nats(),
                1e-15);
        assertEquals(
                -Math.log(0.25),
                KullbackLeibler.between(Bernoulli.of(1), Bernoulli.of(0.25)).nats(),
                1e-15);
    }

    /// Relative accuracy where p and q nearly agree: KL = δ²/(2 λ) to first order, the next term δ/(3 λ) of it.
    @Test
    void nearDistributionsKeepTheirDigits() {
        assertEquals(
                1e-18 / 6,
                KullbackLeibler.between(Poisson.of(3), Poisson.of(3 + 1e-9)).nats(),
                1e-24);
        assertEquals(
                0.5e-18,
                KullbackLeibler.between(Normal.of(0, 1), Normal.of(1e-9, 1)).nats(),
                1e-27);
        assertEquals(
                1e-18,
                KullbackLeibler.between(Normal.of(0, 1), Normal.of(0, 1 + 1e-9)).nats(),
                1e-24);
        assertEquals(
                0.5e-18,
                KullbackLeibler.between(Laplace.of(0, 1), Laplace.of(1e-9, 1)).nats(),
                1e-25);
    }

    /// Exponential and chi-square distributions are gammas, and as near to them as these are to
    /// each other.
    @Test
    void gammasUnderOtherNamesKeepTheirDigits() {
        Gamma gamma = Gamma.ofShapeRate(1e8 + 1, 0.5);
        Gamma one = Gamma.ofShapeRate(1, 3 * (1 + 1e-9));
        ChiSquared chi = ChiSquared.of(2e8);
        Exponential exponential = Exponential.of(3);
        Gamma asChi = Gamma.ofShapeRate(1e8, 0.5);
        Gamma asExponential = Gamma.ofShapeRate(1, 3);
        assertSame(asChi, gamma, chi, gamma);
        assertSame(gamma, asChi, gamma, chi);
        assertSame(asExponential, one, exponential, one);
        assertSame(one, asExponential, one, exponential);
        assertSame(asExponential, asChi, exponential, chi);
        assertSame(asChi, asExponential, chi, exponential);
    }

    private static void assertSame(Gamma p, Gamma q, ScalarDistribution p1, ScalarDistribution q1) {
        assertEquals(
                KullbackLeibler.between(p, q).nats(),
                KullbackLeibler.between(p1, q1).nats());
    }

    /// δ² Var/2 to first order, the next term δ/3 of it at most.
    @Test
    void nearContinuousBernoullisKeepTheirDigits() {
        for (double logit : new double[] {-50, 0, 1e-3, 1, 7}) {
            ContinuousBernoulli p = ContinuousBernoulli.ofLogit(logit);
            ContinuousBernoulli q = ContinuousBernoulli.ofLogit(logit + 1e-6);
            double step = q.logit() - p.logit();
            double expected = 0.5 * step * step * p.variance();
            assertEquals(expected, KullbackLeibler.between(p, q).nats(), 1e-6 * expected);
        }
    }

    /// Exponential distributions up to e⁻¹⁰⁰⁰⁰⁰⁰, from 0 or from 1. The normalisers have an error of
    /// some ulp of 14, which is 1e-4 of their difference.
    @Test
    void steepContinuousBernoullisKeepTheirDigitsAtEitherEnd() {
        double expected = KullbackLeibler.between(Exponential.of(1e6), Exponential.of(1e6 + 10))
                .nats();
        for (int sign : new int[] {-1, 1}) {
            ContinuousBernoulli p = ContinuousBernoulli.ofLogit(sign * 1e6);
            ContinuousBernoulli q = ContinuousBernoulli.ofLogit(sign * (1e6 + 10));
            assertEquals(expected, KullbackLeibler.between(p, q).nats(), 1e-14);
        }
    }

    /// Of terms that are no doubles infinity says nothing: here it is 1e400, there might be others that cancel.
    @Test
    void overflowWithinAFamilyIsNoDivergence() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> KullbackLeibler.between(Laplace.of(1e300, 1e300), Laplace.of(1e300, 1e-100)));
    }

    @Test
    void roundingIsNoNegativeDivergence() {
        double next = 1 + 1e-9;
        for (double k : new double[] {1e-8, 1, 50, 1e8}) {
            double angles = KullbackLeibler.between(VonMises.of(0, k), VonMises.of(0, k * next))
                    .nats();
            assertTrue(angles >= 0, "von Mises " + k);
            double[] north = {1, 0, 0};
            double directions = KullbackLeibler.between(VonMisesFisher.of(north, k), VonMisesFisher.of(north, k * next))
                    .nats();
            assertTrue(directions >= 0, "von Mises-Fisher " + k);
            double powers = KullbackLeibler.between(GeneralizedNormal.of(0, 1, k), GeneralizedNormal.of(0, 1, k * next))
                    .nats();
            assertTrue(powers >= 0, "generalized normal " + k);
        }
    }

    @Test
    void partsOfIndependentAdd() {
        Independent p = Independent.of(Normal.of(0, 1), Gamma.ofShapeRate(2, 1), Poisson.of(3));
        Independent q = Independent.of(Normal.of(1, 2), Exponential.of(1), Poisson.of(4));
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += KullbackLeibler.between(p.parts().get(i), q.parts().get(i)).nats();
        }
        assertEquals(sum, KullbackLeibler.between(p, q).nats(), 1e-15);
    }

    @Test
    void equalBijectionsCancel() {
        double expected =
                KullbackLeibler.between(Gumbel.of(0, 1), Gumbel.of(1, 2)).nats();
        TransformedScalar p = TransformedDistribution.of(Gumbel.of(0, 1), new Exp());
        TransformedScalar q = TransformedDistribution.of(Gumbel.of(1, 2), new Exp());
        assertEquals(expected, KullbackLeibler.between(p, q).nats());
    }

    @Test
    void oneInfinitePartDecides() {
        ScalarMixture mixture = Mixture.of(new double[] {1, 1}, Normal.of(0, 1), Normal.of(1, 1));
        Independent p = Independent.of(mixture, Normal.of(0, 1));
        Independent q = Independent.of(Cauchy.of(0, 1), Exponential.of(1));
        assertEquals(Double.POSITIVE_INFINITY, KullbackLeibler.between(p, q).nats());
    }

    @Test
    void multinomialsAndOneHots() {
        double one = KullbackLeibler.between(Categorical.of(0.2, 0.8), Categorical.of(0.5, 0.5))
                .nats();
        assertEquals(
                one,
                KullbackLeibler.between(OneHotCategorical.of(0.2, 0.8), OneHotCategorical.of(0.5, 0.5))
                        .nats());
        assertEquals(
                7 * one,
                KullbackLeibler.between(Multinomial.of(7, 0.2, 0.8), Multinomial.of(7, 0.5, 0.5))
                        .nats(),
                1e-14);
        assertEquals(
                KullbackLeibler.between(Binomial.of(7, 0.2), Binomial.of(7, 0.5))
                        .nats(),
                7 * one,
                1e-14);
    }

    @Test
    void mixturesNeedDraws() {
        ScalarMixture mixture = Mixture.of(new double[] {1, 1}, Normal.of(0, 1), Normal.of(1, 1));
        UnsupportedOperationException thrown = assertThrows(
                UnsupportedOperationException.class, () -> KullbackLeibler.between(mixture, Normal.of(0.5, 2)));
        assertTrue(String.valueOf(thrown.getMessage()).contains("give a random generator"), thrown.getMessage());
        Divergence drawn = KullbackLeibler.between(mixture, Normal.of(0.5, 2), new SplittableRandom(3), 20_000);
        Divergence.Estimate estimate = assertInstanceOf(Divergence.Estimate.class, drawn);
        assertEquals(20_000, estimate.draws());
        assertEquals(integral(mixture, Normal.of(0.5, 2)), estimate.nats(), 6 * estimate.standardError());
    }

    /// 0.3 of the draws lie outside; more of them, and numbers inside, come after the first.
    @Test
    void drawsOutsideTheOtherSupportAreInfinitelyFar() {
        ScalarMixture p = Mixture.of(new double[] {0.7, 0.3}, Uniform.of(0, 1), Uniform.of(1, 2));
        Divergence.Estimate estimate = KullbackLeibler.estimate(p, Uniform.of(0, 1), new SplittableRandom(3), 1000);
        assertEquals(new Divergence.Estimate(Double.POSITIVE_INFINITY, Double.NaN, 1000), estimate);
    }

    @Test
    void formulasCanBeAdded() {
        KullbackLeibler more =
                KullbackLeibler.standard().with(ScalarMixture.class, Normal.class, (p, q) -> p.weights()[0]);
        ScalarMixture mixture = Mixture.of(new double[] {1, 3}, Normal.of(0, 1), Normal.of(1, 1));
        assertEquals(new Divergence.Exact(0.25), more.of(mixture, Normal.of(0.5, 2)));
        assertThrows(UnsupportedOperationException.class, () -> KullbackLeibler.between(mixture, Normal.of(0.5, 2)));
    }

    @Test
    void differentShapesAreRefused() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> KullbackLeibler.between(Normal.of(0, 1), Independent.of(Normal.of(0, 1), 2)));
        assertTrue(String.valueOf(thrown.getMessage()).contains("different shapes"), thrown.getMessage());
    }
}
