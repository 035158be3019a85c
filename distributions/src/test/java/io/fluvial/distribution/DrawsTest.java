package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.constraint.Interval;
import io.fluvial.transform.AffineTransform;
import io.fluvial.transform.Elementwise;
import io.fluvial.transform.Exp;
import io.fluvial.transform.Sigmoid;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Draws lie in the support, also where the number a draw stands for is no double or rounds to an open end.
class DrawsTest {

    static Stream<Distribution> extremes() {
        return Stream.of(
                Normal.of(0, 1e308),
                HalfNormal.of(1e308),
                Laplace.of(0, 1e308),
                Logistic.of(-1e308, 1e308),
                Gumbel.of(1e308, 1e308),
                GeneralizedNormal.of(0, 1e300, 0.01),
                GeneralizedNormal.of(0, 1, 1e-3),
                Cauchy.of(0, 1e308),
                HalfCauchy.of(1e308),
                StudentT.of(1e-3, 0, 1),
                StudentT.of(2, 0, 1e308),
                Exponential.of(1e-308),
                Gamma.ofShapeRate(5, 1e-308),
                ChiSquared.of(1e-3),
                InverseGamma.of(1e-3, 1),
                InverseGamma.of(1e300, 1e-10),
                FisherSnedecor.of(1e-3, 1e-3),
                Weibull.of(1, 1e-3),
                Pareto.of(1, 1e-3),
                GeneralizedPareto.of(0, 1, 1e3),
                GeneralizedPareto.of(-1e308, 1e308, 0.5),
                LogNormal.of(0, 1e3),
                LogitNormal.of(0, 50),
                LogitNormal.of(0, 1e4),
                Kumaraswamy.of(1e-3, 1e-3),
                Beta.of(1e-3, 1e-3),
                RelaxedBernoulli.of(1e-3, 0.5),
                Geometric.of(1e-310),
                NegativeBinomial.of(2, 1e-310),
                Poisson.of(1e308),
                TransformedDistribution.of(Normal.of(0, 1e3), new Exp()),
                TransformedDistribution.of(Normal.of(0, 50), new Sigmoid()),
                TransformedDistribution.of(Cauchy.of(0, 1), AffineTransform.of(0, -1e308)),
                TransformedDistribution.of(Independent.of(Normal.of(0, 1e3), 2), Elementwise.of(new Exp(), 2)),
                TransformedDistribution.of(
                        Independent.of(LogitNormal.of(-50, 1), 2), Elementwise.of(AffineTransform.of(1, 1), 2)),
                LkjCholesky.of(4, 1e-3),
                TruncatedNormal.of(0, 1e308, 0, Double.POSITIVE_INFINITY),
                TruncatedNormal.of(-1e308, 1e308, -Double.MAX_VALUE, Double.POSITIVE_INFINITY),
                Triangular.of(-1e308, 0, 1e307),
                Beta.of(1e-310, 1e-310),
                FisherSnedecor.of(1e300, 1e-300),
                FisherSnedecor.of(1e-310, 1e-310),
                Dirichlet.of(1e-310, 2e-310),
                RelaxedOneHotCategorical.ofLogits(1e-310, new double[] {0, 1, 2}),
                MultivariateNormal.ofCholesky(new double[2], new double[] {1e308, 0, 0, 1e308}),
                MultivariateStudentT.ofCholesky(1e-3, new double[] {0, 0}, new double[] {1, 0, 0, 1}));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void lieInTheSupport(Distribution d) {
        int lanes = 2_000;
        int size = d.shape().size();
        double[] batch = new double[size * lanes];
        d.sample(new SplittableRandom(1), batch, lanes);
        double[] x = new double[size];
        for (int i = 0; i < lanes; i++) {
            Events.read(batch, lanes, i, x);
            assertEquals(null, d.support().violation(x));
        }
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < lanes; i++) {
            d.sample(random, x);
            assertEquals(null, d.support().violation(x));
        }
    }

    /// n = 10 000 draws of probability ⅓, |z| below 5: false alarm 6e-7.
    @Test
    @Tag("statistical")
    void shapesThatAreNearlyNothingPickAnEnd() {
        SplittableRandom random = new SplittableRandom(1);
        Beta one = Beta.of(1e-310, 2e-310);
        Dirichlet two = Dirichlet.of(1e-310, 2e-310);
        int n = 10_000;
        double beta = 0;
        double dirichlet = 0;
        for (int i = 0; i < n; i++) {
            beta += one.sample(random);
            dirichlet += two.sample(random)[0];
        }
        double allowed = 5 * Math.sqrt(n * 2 / 9.0);
        assertEquals(n / 3.0, beta, allowed);
        assertEquals(n / 3.0, dirichlet, allowed);
    }

    @Test
    void nearestIsInside() {
        assertEquals(Double.MIN_VALUE, Interval.POSITIVE.nearest(0));
        assertEquals(0, Interval.NON_NEGATIVE.nearest(-3));
        assertEquals(Math.nextDown(1.0), Interval.open(0, 1).nearest(1));
        assertEquals(1, Interval.UNIT.nearest(2));
        assertEquals(Double.MAX_VALUE, Interval.REAL.nearest(Double.POSITIVE_INFINITY));
        assertEquals(-Double.MAX_VALUE, Interval.REAL.nearest(Double.NEGATIVE_INFINITY));
        assertEquals(0.3, Interval.UNIT.nearest(0.3));
        assertTrue(Double.isNaN(Interval.UNIT.nearest(Double.NaN)));
    }
}
