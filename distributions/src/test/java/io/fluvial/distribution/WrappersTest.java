package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Shape;
import io.fluvial.transform.Wrap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WrappersTest {

    private static String messageOf(Class<? extends RuntimeException> type, Runnable call) {
        return String.valueOf(assertThrows(type, call::run).getMessage());
    }

    // ---- Independent -----------------------------------------------------------------------------------------------

    @Test
    void partsOfAnyShapeStandOneAfterTheOther() {
        Independent d = Independent.of(
                Normal.of(1, 2),
                MultivariateNormal.ofCovariance(new double[] {3, 4}, new double[] {1, 0, 0, 9}),
                Exponential.of(0.5));
        assertEquals(Shape.of(4), d.shape());
        assertArrayEquals(new double[] {1, 3, 4, 2}, d.mean());
        assertArrayEquals(new double[] {4, 1, 9, 4}, d.variance(), 1e-14);
        double expected = Normal.of(1, 2).logProb(0)
                + Normal.of(3, 1).logProb(1)
                + Normal.of(4, 3).logProb(2)
                + Exponential.of(0.5).logProb(3);
        assertEquals(expected, d.logProb(new double[] {0, 1, 2, 3}), 1e-14);
    }

    @Test
    void fixedPartsHaveNoParameters() {
        Independent d = Independent.of(DiscreteUniform.of(0, 3), Normal.of(1, 2));
        assertArrayEquals(new double[] {1, 2}, d.parameters());
        assertEquals(Independent.of(DiscreteUniform.of(0, 3), Normal.of(5, 6)), d.withParameters(new double[] {5, 6}));
        String message = messageOf(
                UnsupportedOperationException.class,
                () -> Independent.of(DiscreteUniform.of(0, 3), 2).parameterSpace());
        assertTrue(message.contains("has parameters"), message);
    }

    @Test
    void outsideOfOnePartIsOutside() {
        Independent d = Independent.of(Gamma.ofShapeRate(0.5, 1), Exponential.of(1));
        assertEquals(Double.POSITIVE_INFINITY, d.logProb(new double[] {0, 1}));
        assertEquals(Double.NEGATIVE_INFINITY, d.logProb(new double[] {0, -1}));
        assertTrue(Double.isNaN(d.logProb(new double[] {Double.NaN, -1})));
    }

    // ---- Mixture ---------------------------------------------------------------------------------------------------

    @Test
    void mixtureFarFromAllComponentsKeepsItsLogarithm() {
        ScalarMixture d = Mixture.of(new double[] {1, 3}, Normal.of(0, 1), Normal.of(1, 1));
        double expected = Math.log(0.75) + Normal.of(1, 1).logProb(100); // the other is e^−99.5 of it
        assertEquals(expected, d.logProb(100), 1e-11);
        assertEquals(-99, d.gradient(100), 1e-12);
    }

    @Test
    void momentsByTotalVariance() {
        ScalarMixture d = Mixture.of(new double[] {0.25, 0.75}, Normal.of(-1, 1), Normal.of(3, 2));
        assertEquals(2, d.mean(), 1e-15);
        assertEquals(0.25 * (1 + 9) + 0.75 * (4 + 1), d.variance(), 1e-14);
    }

    /// Components far apart: the entropy is that of the weights and the mean of the components'.
    @Test
    void entropyOfSeparateComponents() {
        ScalarMixture d = Mixture.of(new double[] {0.25, 0.75}, Normal.of(-100, 1), Normal.of(300, 0.01));
        double expected = Bernoulli.of(0.25).entropy()
                + 0.25 * Normal.of(0, 1).entropy()
                + 0.75 * Normal.of(0, 0.01).entropy();
        assertEquals(expected, d.entropy(), 1e-10);
    }

    @Test
    void modeIsTheHighestHump() {
        ScalarMixture d = Mixture.of(new double[] {0.5, 0.5}, Normal.of(-3, 1), Normal.of(2, 0.5));
        assertEquals(2, d.mode(), 1e-4);
        assertEquals(
                0,
                Mixture.of(new double[] {1, 1}, Normal.of(-0.5, 1), Normal.of(0.5, 1))
                        .mode(),
                1e-7);
        assertEquals(
                4,
                Mixture.of(new double[] {1, 9}, Poisson.of(40), Poisson.of(4.5)).mode());
    }

    /// Half way between the components, where they meet: opposite of 0.
    @Test
    void modeOfACircularMixtureMayLieOnTheSeam() {
        double[] weights = {1, 1};
        ScalarMixture angles = Mixture.of(weights, VonMises.of(3, 2), VonMises.of(-3, 2));
        assertEquals(-1, Math.cos(angles.mode()), 1e-14);
        ScalarMixture wrapped = Mixture.of(
                weights,
                TransformedDistribution.of(Normal.of(3, 1), Wrap.angle()),
                TransformedDistribution.of(Normal.of(-3, 1), Wrap.angle()));
        assertEquals(-1, Math.cos(wrapped.mode()), 1e-14);
        ScalarMixture uneven = Mixture.of(new double[] {1, 2}, VonMises.of(3, 2), VonMises.of(-3, 2));
        double mode = uneven.mode();
        assertTrue(mode > -Math.PI && mode < -3, uneven::toString);
        assertEquals(0, uneven.gradient(mode), 1e-7);
    }

    @Test
    void supportsOfComponentsUnite() {
        ScalarMixture gap = Mixture.of(new double[] {1, 1}, Uniform.of(0, 1), Uniform.of(2, 3));
        assertTrue(gap.support().contains(2.5));
        assertTrue(!gap.support().contains(1.5));
        assertEquals(0, gap.quantile(0));
        assertEquals(3, gap.quantile(1));
        assertEquals(0.5, gap.quantile(0.25), 1e-15);
        assertEquals(1, gap.quantile(0.5), 1e-15);
        ScalarMixture counts = Mixture.of(new double[] {1, 1}, Bernoulli.of(0.5), Poisson.of(3));
        assertEquals(Integers.NON_NEGATIVE, counts.support());
        assertEquals(
                Interval.REAL,
                Mixture.of(new double[] {1, 1}, Normal.of(0, 1), Cauchy.of(0, 1))
                        .support());
    }

    @Test
    void unlikeComponentsAreRefused() {
        String kinds = messageOf(
                IllegalArgumentException.class, () -> Mixture.of(new double[] {1, 1}, Normal.of(0, 1), Poisson.of(3)));
        assertTrue(kinds.contains("probabilities and densities do not add"), kinds);
        String shapes = messageOf(
                IllegalArgumentException.class,
                () -> Mixture.of(new double[] {1, 1}, Normal.of(0, 1), Independent.of(Normal.of(0, 1), 2)));
        assertTrue(shapes.contains("different shapes"), shapes);
        String weights =
                messageOf(IllegalArgumentException.class, () -> Mixture.of(new double[] {1, 1, 1}, Normal.of(0, 1)));
        assertTrue(weights.contains("3 weights for 1 components"), weights);
    }

    // ---- ConditionalDistribution -----------------------------------------------------------------------------------

    @Test
    void everyLaneHasItsOwnContext() {
        ConditionalDistribution<Normal> line = ConditionalDistribution.of(1, c -> Normal.of(2 * c[0] + 1, 0.5));
        assertEquals(Normal.of(5, 0.5), line.given(new double[] {2}));
        double[] out = new double[2];
        line.logProb(new double[] {1, 2}, new double[] {0, 3}, 2, out);
        assertArrayEquals(
                new double[] {Normal.of(1, 0.5).logProb(1), Normal.of(7, 0.5).logProb(2)}, out);
        double[] x = new double[2];
        line.sample(new SplittableRandom(1), new double[] {0, 1e6}, x, 2);
        assertEquals(1, x[0], 5);
        assertEquals(2_000_001, x[1], 5);
        String message = messageOf(IllegalArgumentException.class, () -> line.given(new double[] {1, 2}));
        assertTrue(message.contains("context has 2 numbers, expected 1"), message);
    }

    // ---- quantiles of counts ---------------------------------------------------------------------------------------

    @Test
    void quantilesOfCountsAtEveryScale() {
        for (ScalarDistribution d : List.of(
                Poisson.of(1e-3),
                Poisson.of(1e8),
                Binomial.of(1_000_000, 0.3),
                Geometric.of(1e-12),
                NegativeBinomial.of(1e-3, 1e-3),
                DiscreteUniform.of(-1_000_000_000, 1_000_000_000))) {
            for (double p : new double[] {1e-25, 0.01, 0.5, 0.99, 1 - 1e-15}) {
                double x = d.quantile(p);
                assertEquals(Math.rint(x), x, d + " at " + p);
                assertTrue(p > 0.5 ? d.survival(x) <= 1 - p : d.cdf(x) >= p, d + " at " + p + " gives " + x);
                boolean before = p > 0.5 ? d.survival(x - 1) > 1 - p : d.cdf(x - 1) < p;
                assertTrue(before, d + " at " + p + " gives " + x);
            }
        }
    }

    @Test
    void parameterGradientsOfAnotherSizeAreRefused() {
        Independent two = Independent.of(Normal.standard(), 2);
        Mixture mixed = Mixture.of(new double[] {0.5, 0.5}, (Distribution) two, two);
        assertEquals(
                "Independent: a parameter gradient has 5 numbers, expected 4",
                assertThrows(IllegalArgumentException.class, () -> two.parameterGradient(new double[2], new double[5]))
                        .getMessage());
        assertEquals(
                "Mixture: a parameter gradient has 9 numbers, expected 10",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> mixed.parameterGradient(new double[2], new double[9]))
                        .getMessage());
    }

    /// 2¹⁶ numbers an event and as many events: their product is 0 as an int.
    @Test
    void moreNumbersThanAnArrayHoldsAreRefused() {
        Independent wide = Independent.of(Normal.standard(), 1 << 16);
        assertEquals(
                "expected 65536 × 65536 numbers for events of shape [65536], got 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> wide.logProb(new double[0], 1 << 16, new double[1 << 16]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> wide.support().contains(new double[0], 1 << 16));
    }

    /// ψ(r + k) − ψ(r) is 0 at k = 0, also where ψ(r) = −1/r is no double.
    @Test
    void zeroInflatedGradientOfATinySizeIsANumber() {
        double[] g = new double[3];
        ZeroInflated.of(NegativeBinomial.of(1e-310, 0.5), 0.25).parameterGradient(new double[] {0}, g);
        // P₀(0) = 0.5^1e-310 = 1 and P(0) = 1: the base's share is 3/4
        assertEquals(0.75 * Math.log(0.5), g[1], 1e-15);
        assertEquals(0.75 * 1e-310 / 0.5, g[2], 1e-322);
    }
}
