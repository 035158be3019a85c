package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.transform.Abs;
import io.fluvial.transform.AffineTransform;
import io.fluvial.transform.Elementwise;
import io.fluvial.transform.Exp;
import io.fluvial.transform.Log;
import io.fluvial.transform.Wrap;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformedTest {

    @Test
    void supportIsTheImageOfTheBases() {
        TransformedScalar d = TransformedDistribution.of(Truncated.of(Normal.of(3, 1), 2, 5), new Exp());
        assertEquals(Interval.closed(Math.exp(2), Math.exp(5)), d.support());
        assertEquals(Double.NEGATIVE_INFINITY, d.logProb(7));
        assertEquals(0, d.cdf(7));
        assertEquals(1, d.cdf(149));
    }

    /// Angles and parts of any size are images, too; two turns of the circle reach from −2π to 2π.
    @Test
    void supportOfAnglesIsTheirImage() {
        Interval turned = Interval.halfOpen(1 - 2 * Math.PI, 1 + 2 * Math.PI);
        AffineTransform twice = AffineTransform.of(1, 2);
        assertEquals(
                turned, TransformedDistribution.of(VonMises.of(0, 2), twice).support());
        assertEquals(
                Each.of(turned, 1),
                TransformedDistribution.of((Distribution) VonMises.of(0, 2), Elementwise.of(twice, 1))
                        .support());
        Distribution base = Independent.of(
                MultivariateNormal.ofCovariance(new double[2], new double[] {1, 0, 0, 1}), VonMises.of(0, 2));
        assertEquals(
                Cat.of(Interval.REAL, Interval.REAL, turned),
                TransformedDistribution.of(base, Elementwise.of(twice, 3)).support());
    }

    @Test
    void medianIsTheImageOfTheMedian() {
        TransformedScalar d = TransformedDistribution.of(Normal.of(0.3, 2), AffineTransform.of(1, -2), new Exp());
        assertEquals(Math.exp(1 - 2 * 0.3), d.quantile(0.5));
        assertEquals(Math.exp(1 - 2 * 0.3), d.survivalQuantile(0.5));
    }

    @Test
    void decreasingMapsSwapTheTails() {
        TransformedScalar d = TransformedDistribution.of(Normal.standard(), AffineTransform.of(0, -1));
        assertEquals(Normal.standard().survival(37), d.cdf(-37));
    }

    @Test
    void foldedNormalIsTheDifferenceOfItsTails() {
        TransformedScalar half = TransformedDistribution.of(Normal.standard(), new Abs());
        for (double y : new double[] {0, 1e-12, 0.3, 5, 30}) {
            assertEquals(HalfNormal.of(1).logProb(y), half.logProb(y), 1e-13 * Math.max(1, y * y), "at " + y);
            assertEquals(HalfNormal.of(1).cdf(y), half.cdf(y), 1e-12 * half.cdf(y), "at " + y);
            assertEquals(HalfNormal.of(1).survival(y), half.survival(y), 1e-12 * half.survival(y), "at " + y);
        }
    }

    @Test
    void heavyTailsAroundTheCircleAreRefused() {
        TransformedScalar d = TransformedDistribution.of(Cauchy.of(0, 1), Wrap.angle());
        UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class, () -> d.logProb(0.5));
        assertTrue(e.toString().contains("more than 10000 branches"), e.toString());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> TransformedDistribution.of(Normal.standard(), new Log()));
        assertTrue(e.toString().contains("Log[] takes a finite number > 0.0"), e.toString());
        Distribution vector = TransformedDistribution.of(
                (Distribution) Normal.standard(), Elementwise.of(AffineTransform.of(1, -2), 1));
        assertThrows(
                IllegalArgumentException.class, () -> TransformedDistribution.of(vector, Elementwise.of(new Exp(), 2)));
        assertThrows(
                IllegalArgumentException.class, () -> TransformedDistribution.of(vector, Elementwise.of(new Abs(), 1)));
        assertThrows(
                UnsupportedOperationException.class,
                () -> TransformedDistribution.of(vector, Elementwise.of(new Exp(), 1))
                        .entropy());
    }

    @Test
    void vectorsAgreeWithNumbers() {
        TransformedScalar scalar = TransformedDistribution.of(Normal.of(0.3, 2), AffineTransform.of(1, -2));
        TransformedDistribution vector = TransformedDistribution.of(
                (Distribution) Normal.of(0.3, 2), Elementwise.of(AffineTransform.of(1, -2), 1));
        assertEquals(scalar.logProb(0.7), vector.logProb(new double[] {0.7}));
        assertEquals(scalar.gradient(0.7), vector.gradient(new double[] {0.7})[0], 1e-15);
        assertEquals(scalar.mean(), vector.mean()[0]);
        assertEquals(scalar.variance(), vector.variance()[0]);
        assertEquals(scalar.mode(), vector.mode()[0]);
        assertEquals(scalar.entropy(), vector.entropy(), 1e-15);
    }

    @Test
    void momentsThatDoNotExistAreNotNumbers() {
        assertEquals(
                Double.POSITIVE_INFINITY,
                TransformedDistribution.of(Cauchy.of(0, 1), new Abs()).mean());
        assertTrue(Double.isNaN(TransformedDistribution.of(Cauchy.of(0, 1), AffineTransform.of(1, 2))
                .mean()));
        assertEquals(
                Double.POSITIVE_INFINITY,
                TransformedDistribution.of(Cauchy.of(0, 1), new Exp()).mean());
    }

    /// Of e^X it lies at −σ² in the logarithm, σ deviations out: 1e-8 of a bracket of half a
    /// deviation.
    @Test
    void modeFarInATailIsFound() {
        for (double scale : new double[] {1, 3, 9, 20, 26}) {
            TransformedScalar d = TransformedDistribution.of(Normal.of(0, scale), new Exp());
            assertEquals(-scale * scale, Math.log(d.mode()), 1e-6 * scale, d::toString);
        }
    }

    /// Up to a thousand deviations and hundreds of branches; the density is flat to 1e-16 within
    /// 1e-7 of its mode.
    @Test
    void modesOfFoldedDistributionsAreFoundSoon() {
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (double mean : new double[] {0.5, 3.5, Math.PI, 3.1415, 100}) {
                for (double scale : new double[] {1e-3, 0.5, 2}) {
                    TransformedScalar d = TransformedDistribution.of(Normal.of(mean, scale), Wrap.angle());
                    assertEquals(Wrap.angle().forward(mean), d.mode(), 1e-7, d::toString);
                }
            }
            TransformedDistribution.of(Normal.of(0.5, 1000), Wrap.angle()).mode();
            assertEquals(
                    0.5,
                    TransformedDistribution.of(Laplace.of(0.5, 30), Wrap.angle())
                            .mode());
            assertEquals(
                    0, TransformedDistribution.of(Normal.of(0.5, 1), new Abs()).mode());
        });
    }

    @Test
    void modeOfALogitNormalIsItsHighestPoint() {
        for (double location : new double[] {-0.2, 0, 1}) {
            for (double scale : new double[] {0.5, 1.4, 1.5, 3}) {
                LogitNormal d = LogitNormal.of(location, scale);
                double highest = d.logProb(d.mode());
                for (double x = 0.0005; x < 1; x += 0.001) {
                    assertTrue(d.logProb(x) <= highest + 1e-12, d + " at " + x);
                }
            }
        }
    }

    @Test
    void truncationFarOutKeepsItsDigits() {
        Truncated far = Truncated.of(Normal.standard(), 100, Double.POSITIVE_INFINITY);
        TruncatedNormal exact = TruncatedNormal.of(0, 1, 100, Double.POSITIVE_INFINITY);
        for (double x : new double[] {100, 100.001, 100.02, 100.1}) {
            assertEquals(exact.logProb(x), far.logProb(x), 1e-11, "at " + x); // log p of the base is −5000
            assertEquals(exact.survival(x), far.survival(x), 1e-11 * exact.survival(x), "at " + x);
            assertEquals(exact.cdf(x), far.cdf(x), 1e-11 * exact.cdf(x), "at " + x);
        }
        assertEquals(exact.mean() - 100, far.mean() - 100, 1e-12);
        assertEquals(exact.variance(), far.variance(), 1e-11 * exact.variance());
        assertEquals(exact.entropy(), far.entropy(), 1e-11);
        assertEquals(exact.quantile(0.3), far.quantile(0.3), 1e-12);
    }

    /// Tails of 1e-304 of a probability of 1e-23 and less are no doubles.
    @ParameterizedTest
    @ValueSource(doubles = {6, 10, 20, 30})
    void truncationInATailHasFiniteMomentsAndEntropy(double end) {
        TruncatedNormal exact = TruncatedNormal.of(0, 1, end, Double.POSITIVE_INFINITY);
        Truncated upper = Truncated.of(Normal.standard(), end, Double.POSITIVE_INFINITY);
        Truncated lower = Truncated.of(Normal.standard(), Double.NEGATIVE_INFINITY, -end);
        assertMoments(exact.mean(), exact.variance(), upper);
        assertMoments(-exact.mean(), exact.variance(), lower);
        assertEquals(exact.entropy(), upper.entropy(), 1e-11);
        assertEquals(exact.entropy(), lower.entropy(), 1e-11);
    }

    /// Ends that hold nothing back do not matter, however far: normal and exponential distributions
    /// as they are, and a normal without its tail below −1, of mean λ = φ(1)/Φ(1) and variance 1 −
    /// λ(λ + 1).
    @Test
    void farEndsOfATruncationCostNoDigits() {
        double lambda =
                Math.exp(-0.5) / Math.sqrt(2 * Math.PI) / Normal.standard().cdf(1);
        for (double end : new double[] {40, 1e6, 1e15, 1e100, 1e300}) {
            assertMoments(3, 4, Truncated.of(Normal.of(3, 2), -end, end));
            assertMoments(3, 4, Truncated.of(Normal.of(3, 2), Double.NEGATIVE_INFINITY, end));
            assertMoments(0.5, 0.25, Truncated.of(Exponential.of(2), -1, end));
            assertMoments(lambda, 1 - lambda * (lambda + 1), Truncated.of(Normal.standard(), -1, end));
            assertMoments(-lambda, 1 - lambda * (lambda + 1), Truncated.of(Normal.standard(), -end, 1));
        }
        Truncated upper = Truncated.of(Normal.standard(), 40, 1e100);
        Truncated lower = Truncated.of(Normal.standard(), -1e100, -40);
        TruncatedNormal exact = TruncatedNormal.of(0, 1, 40, Double.POSITIVE_INFINITY);
        assertMoments(exact.mean(), exact.variance(), upper);
        assertMoments(-exact.mean(), exact.variance(), lower);
    }

    private static void assertMoments(double mean, double variance, Truncated d) {
        assertEquals(mean, d.mean(), 1e-12, d::toString);
        assertEquals(variance, d.variance(), 1e-11 * variance, d::toString);
    }

    /// Scales of 1e-12 of the end: 1e-13 of it is no little of the mass.
    @Test
    void entropyFarFromZeroNeedsNoLine() {
        GeneralizedPareto d = GeneralizedPareto.of(1, 1e-12, 0.1);
        assertEquals(d.entropy(), Mixture.of(new double[] {1, 1}, d, d).entropy(), 1e-4); // rounding of quantiles
    }

    /// Half normals, of entropy ½ log(πe/2) + log σ, whose numbers are a few thousand doubles apart from the
    /// end. What the rounding of x leaves is no reason to look closer.
    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1.7e9, -1.7e9})
    void truncationOfAFarNarrowBaseTakesRoundingForWhatItIs(double end) {
        double scale = 1e-3;
        Normal base = Normal.of(end, scale);
        AtomicLong calls = new AtomicLong();
        ScalarDistribution counted = (ScalarDistribution) Proxy.newProxyInstance(
                ScalarDistribution.class.getClassLoader(),
                new Class<?>[] {ScalarDistribution.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("logProb")) {
                        calls.incrementAndGet();
                    }
                    return method.invoke(base, arguments);
                });
        double expected = 0.5 * Math.log(0.5 * Math.PI * Math.E) + Math.log(scale);
        double rounding = Math.ulp(end) / scale;
        assertEquals(
                expected, Truncated.of(counted, end, Double.POSITIVE_INFINITY).entropy(), rounding);
        assertEquals(
                expected, Truncated.of(counted, Double.NEGATIVE_INFINITY, end).entropy(), rounding);
        assertTrue(calls.get() < 1_000_000, () -> calls + " densities");
    }

    /// Of LogitNormal(0, 20) a fifteenth lies within 1e-13 of 1, of (30, 1) half; doubles there are 1e-16 apart.
    @ParameterizedTest
    @CsvSource({"0, 20", "30, 1", "60, 1"})
    void entropyIsRefusedWhereATailIsNoPowerAtAFarEnd(double location, double scale) {
        LogitNormal part = LogitNormal.of(location, scale);
        Distribution mixture = Mixture.of(new double[] {1, 1}, part, part);
        UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class, mixture::entropy);
        assertTrue(e.toString().contains("average −log p over draws"), e.toString());
    }

    /// A mixture of equals is what they are: its entropy by quadrature, theirs in closed form. Half of the
    /// mass rounds to an end at 1, tails are powers of 1/2 and 1/1000, scales a millionth of an end.
    static Stream<Arguments> steep() {
        return Stream.of(
                arguments(Beta.of(3, 0.01), 1e-9),
                arguments(Beta.of(0.01, 3), 1e-9),
                arguments(Kumaraswamy.of(2, 0.01), 1e-9),
                arguments(LogitNormal.of(0, 4), 1e-11),
                arguments(InverseGamma.of(0.5, 1), 1e-10),
                arguments(GeneralizedPareto.of(0, 1, 1000), 1e-7),
                // as far as the end is rounded against the scale
                arguments(
                        TransformedDistribution.of(Gamma.ofShapeRate(2, 1), AffineTransform.of(1e9, 1e-3)),
                        Math.ulp(1e9) / 1e-3),
                arguments(
                        TransformedDistribution.of(Gamma.ofShapeRate(0.5, 1), AffineTransform.of(5, 1e-9)),
                        Math.ulp(5.0) / 1e-9));
    }

    @ParameterizedTest
    @MethodSource("steep")
    void entropyOfAMixtureOfEqualsIsTheirs(ScalarDistribution part, double tolerance) {
        double mixed = Mixture.of(new double[] {1, 1}, part, part).entropy();
        assertEquals(part.entropy(), mixed, tolerance);
    }

    @Test
    void momentsOfATruncationThatDivergeAreInfinite() {
        Truncated half = Truncated.of(Cauchy.of(0, 1), 0, Double.POSITIVE_INFINITY);
        assertEquals(Double.POSITIVE_INFINITY, half.mean());
        assertEquals(Double.POSITIVE_INFINITY, half.variance());
        assertTrue(Double.isNaN(Truncated.of(Cauchy.of(0, 1), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                .variance()));
    }

    @Test
    void nothingIsLeftOfATruncationWithoutProbability() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Truncated.of(Exponential.of(1), -2, -1));
        assertTrue(e.toString().contains("expected lower < upper"), e.toString());
    }

    /// n = 20 000 draws, every |z| below 5: false alarm 4 · 6e-7.
    @Test
    void logisticNormalAgreesWithTheLogitNormalAndItsDraws() {
        LogisticNormal two = LogisticNormal.of(new double[] {0.5}, new double[] {1.3});
        LogitNormal one = LogitNormal.of(0.5, 1.3);
        assertEquals(one.logProb(0.2), two.logProb(new double[] {0.2, 0.8}), 1e-13);
        assertEquals(one.mean(), two.mean()[0], 1e-12);
        assertEquals(one.variance(), two.variance()[0], 1e-12);
        assertEquals(one.entropy(), two.entropy(), 1e-12);

        LogisticNormal d = LogisticNormal.of(new double[] {0.5, -1, 0}, new double[] {1.3, 0.4, 2});
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        double[] sum = new double[4];
        double surprise = 0;
        double square = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            double[] y = d.sample(random);
            double s = -d.logProb(y);
            surprise += s / n;
            square += s * s / n;
            for (int k = 0; k < 4; k++) {
                sum[k] += y[k] / n;
            }
        }
        for (int k = 0; k < 4; k++) {
            assertEquals(d.mean()[k], sum[k], 5 * Math.sqrt(d.variance()[k] / n), "number " + k);
        }
        assertEquals(d.entropy(), surprise, 5 * Math.sqrt((square - surprise * surprise) / n));
    }

    @Test
    void gradientsOfTheLogisticNormalAreThoseOfDifferences() {
        double[] theta = {0.5, -1, 1.3, 0.4};
        LogisticNormal d =
                LogisticNormal.of(new double[] {0, 0}, new double[] {1, 1}).withParameters(theta);
        double[] y = {0.2, 0.3, 0.5};
        double[] g = new double[4];
        d.parameterGradient(y, g);
        double h = 1e-5; // the error is of order h² = 1e-10, and 1e-11 of rounding
        for (int k = 0; k < 4; k++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[k] += h;
            down[k] -= h;
            double slope =
                    (d.withParameters(up).logProb(y) - d.withParameters(down).logProb(y)) / (2 * h);
            assertEquals(slope, g[k], 1e-7 * (1 + Math.abs(slope)), "parameter " + k);
        }
        double[] gY = d.gradient(y);
        double along =
                (d.logProb(new double[] {0.2 + h, 0.3, 0.5 - h}) - d.logProb(new double[] {0.2 - h, 0.3, 0.5 + h}))
                        / (2 * h);
        assertEquals(along, gY[0] - gY[2], 1e-7 * (1 + Math.abs(along)));
    }

    /// Not the limit number by number: 0/∞ is none, and one number outside has the whole event outside.
    @Test
    void gradientsOutsideTheSupportAreNotNumbers() {
        Distribution d = TransformedDistribution.of(
                Independent.of(Normal.standard(), Exponential.of(2)), Elementwise.of(AffineTransform.of(1, 3), 2));
        for (double[] y : new double[][] {{Double.POSITIVE_INFINITY, 2}, {0, Double.NEGATIVE_INFINITY}, {0, 0.5}}) {
            double[] g = new double[2];
            d.gradient(y, g);
            assertTrue(Double.isNaN(g[0]) && Double.isNaN(g[1]), g[0] + ", " + g[1]);
        }
    }
}
