package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorDivergencesTest {

    private static final double[] COVARIANCE = {2, 0.6, -0.3, 0.6, 1, 0.2, -0.3, 0.2, 0.5};
    private static final double[] OTHER = {1.5, 0.2, 0.1, 0.2, 1.4, -0.3, 0.1, -0.3, 0.9};
    private static final double[] MEAN = {0.5, -1, 2};

    record Pair(Distribution p, Distribution q) {}

    static List<Pair> pairs() {
        MultivariateNormal normal = MultivariateNormal.ofCovariance(MEAN, COVARIANCE);
        MultivariateNormal other = MultivariateNormal.ofPrecision(new double[] {0, 0, 1}, OTHER);
        LowRankMultivariateNormal lowRank = LowRankMultivariateNormal.of(
                new double[] {0, 0, 1}, new double[] {1, 0.5, -0.7}, new double[] {1, 2, 1});
        LowRankMultivariateNormal twoFactors = LowRankMultivariateNormal.of(
                MEAN, new double[] {1, 0.5, -0.7, 0.3, 0.1, 0.9}, new double[] {1.5, 1, 1});
        return List.of(
                new Pair(normal, other),
                new Pair(normal, lowRank),
                new Pair(lowRank, normal),
                new Pair(lowRank, twoFactors),
                new Pair(Independent.of(Normal.of(0, 1), Normal.of(1, 2), Normal.of(-1, 0.5)), normal),
                new Pair(normal, Independent.of(Normal.of(0, 1), Normal.of(1, 2), Normal.of(-1, 0.9))),
                new Pair(Independent.of(normal, Poisson.of(3)), Independent.of(other, Geometric.of(0.3))),
                new Pair(Dirichlet.of(2, 1, 3.5), Dirichlet.of(1, 1.5, 3)),
                new Pair(Wishart.ofScale(5.5, 3, COVARIANCE), Wishart.ofScale(6.5, 3, OTHER)),
                new Pair(InverseWishart.ofScale(9, 3, COVARIANCE), InverseWishart.ofScale(7.5, 3, OTHER)),
                new Pair(LkjCholesky.of(4, 1.5), LkjCholesky.of(4, 0.8)),
                new Pair(VonMises.of(3, 1.5), VonMises.of(-2.5, 2.5)),
                new Pair(
                        VonMisesFisher.of(new double[] {0.6, 0, 0.8}, 3),
                        VonMisesFisher.of(new double[] {0, 0.6, 0.8}, 2)),
                new Pair(Multinomial.of(9, 0.2, 0.3, 0.5), Multinomial.of(9, 0.3, 0.3, 0.4)));
    }

    /// n = 20 000, off by 6 standard errors with probability 2e-9 each.
    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("statistical")
    void exactValueIsNearTheEstimate(Pair pair) {
        double exact = KullbackLeibler.between(pair.p, pair.q).nats();
        Divergence.Estimate estimate = KullbackLeibler.estimate(pair.p, pair.q, new SplittableRandom(5), 20_000);
        assertEquals(exact, estimate.nats(), 6 * estimate.standardError());
    }

    private static void assertSame(Distribution p, Distribution q, ScalarDistribution p1, ScalarDistribution q1) {
        double expected = KullbackLeibler.between(p1, q1).nats();
        assertEquals(expected, KullbackLeibler.between(p, q).nats(), 1e-13 * Math.max(1, expected), p.toString());
    }

    @Test
    void smallestShapesAreTheFamiliesOfNumbers() {
        assertSame(
                MultivariateNormal.ofCovariance(new double[] {1}, new double[] {4}),
                MultivariateNormal.ofCovariance(new double[] {0}, new double[] {9}),
                Normal.of(1, 2),
                Normal.of(0, 3));
        assertSame(Dirichlet.of(2, 3), Dirichlet.of(0.9, 1.4), Beta.of(2, 3), Beta.of(0.9, 1.4));
        assertSame(
                Wishart.ofScale(3, 1, new double[] {2}),
                Wishart.ofScale(5, 1, new double[] {1.5}),
                Gamma.ofShapeScale(1.5, 4),
                Gamma.ofShapeScale(2.5, 3));
        assertSame(
                InverseWishart.ofScale(3, 1, new double[] {2}),
                InverseWishart.ofScale(5, 1, new double[] {1.5}),
                InverseGamma.of(1.5, 1),
                InverseGamma.of(2.5, 0.75));
        assertSame(LkjCholesky.of(2, 1.5), LkjCholesky.of(2, 0.8), Beta.of(1.5, 1.5), Beta.of(0.8, 0.8));
        assertSame(
                VonMisesFisher.of(new double[] {1, 0}, 2),
                VonMisesFisher.of(new double[] {0, 1}, 3),
                VonMises.of(0, 2),
                VonMises.of(0.5 * Math.PI, 3));
    }

    /// δ²/2 of the whitened means, whatever the covariance.
    @Test
    void nearNormalsKeepTheirDigits() {
        MultivariateNormal p = MultivariateNormal.ofCovariance(new double[] {0, 0}, new double[] {1, 0.5, 0.5, 1});
        MultivariateNormal q = MultivariateNormal.ofCovariance(new double[] {1e-9, 0}, new double[] {1, 0.5, 0.5, 1});
        assertEquals(0.5e-18 / 0.75, KullbackLeibler.between(p, q).nats(), 1e-32);
    }
}
