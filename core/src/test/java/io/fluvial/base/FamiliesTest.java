package io.fluvial.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.BaseDistribution;
import io.fluvial.Conditioner;
import io.fluvial.Golden;
import io.fluvial.internal.Gaussian;
import io.fluvial.nn.Activation;
import io.fluvial.nn.FreeParameters;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.LogScale;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What each family of base distributions promises beyond being a density: known values, starts, messages, samplers
/// against closed forms.
class FamiliesTest {

    private static final float[] NO_CONTEXT = {};
    private static final int DRAWS = 20_000;

    /// Kolmogorov–Smirnov, n = 20 000, false alarm 1e-6 a test; six tests in this class.
    private static void assertDistributed(double[] draws, DoubleUnaryOperator cdf) {
        double distance = Statistics.kolmogorovSmirnov(draws, cdf);
        assertTrue(distance < Statistics.limit(draws.length, 1e-6), () -> "distance " + distance);
    }

    private static double[] project(float[][] samples, double... weights) {
        double[] projected = new double[samples.length];
        for (int i = 0; i < samples.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                projected[i] += weights[j] * samples[i][j];
            }
        }
        return projected;
    }

    private static void assertGolden(String file, BaseDistribution distribution) {
        for (double[] row : Golden.rows(file)) {
            OnBlock on = new OnBlock(distribution);
            for (int k = 0; k < on.parameterCount(); k++) {
                on.set(k, row[1 + k]);
            }
            // All x and φ of the tables are floats.
            double expected = row[row.length - 1];
            double tolerance = 1e-12 + 1e-12 * Math.abs(expected);
            assertEquals(expected, on.logProb(NO_CONTEXT, (float) row[0]), tolerance, () -> file + " at " + row[0]);
        }
    }

    // DiagonalNormal

    @Test
    void diagonalNormalStartsAsStandardNormal() {
        OnBlock normal = new OnBlock(DiagonalNormal.of(3)).initialize(new SplittableRandom(1));
        double expected = -0.5 * (1 + 4 + 0.25) - 3 * Gaussian.HALF_LOG_TWO_PI;
        assertEquals(expected, normal.logProb(NO_CONTEXT, 1, -2, 0.5f), 1e-14);
    }

    @Test
    void conditionalNormalStartsAsStandardNormalWhateverTheContext() {
        OnBlock normal = new OnBlock(DiagonalNormal.conditional(1, 2, network())).initialize(new SplittableRandom(1));
        assertEquals(-Gaussian.HALF_LOG_TWO_PI, normal.logProb(new float[] {3, -1}, 0), 1e-14);
    }

    @Test
    void scaleStaysBetweenItsBounds() {
        for (float raw : new float[] {-Float.MAX_VALUE, Float.MAX_VALUE}) {
            OnBlock normal = new OnBlock(DiagonalNormal.of(1)).set(1, raw);
            double s = Math.copySign(7, raw);
            assertEquals(-Gaussian.HALF_LOG_TWO_PI - s, normal.logProb(NO_CONTEXT, 0), 1e-14);
        }
    }

    /// The sum of two independent features checks that their draws are independent.
    @Test
    @Tag("statistical")
    void normalFeaturesAreIndependent() {
        OnBlock normal = new OnBlock(DiagonalNormal.of(2)).set(0, 1).set(2, -3);
        float[][] samples = normal.sample(DRAWS, new float[][] {NO_CONTEXT}, new SplittableRandom(2));
        assertDistributed(project(samples, 0.6, 0.8), t -> Gaussian.cdf(t - 0.6 + 2.4));
    }

    // StudentT

    @Test
    void studentTAgreesWithHighPrecision() {
        assertGolden("student-t.csv", StudentT.of(1));
    }

    /// P(T ≤ t) for ν = 10 (Abramowitz & Stegun 26.7.4).
    private static double cdfOfTen(double t) {
        double theta = Math.atan(t / Math.sqrt(10));
        double c = Math.cos(theta) * Math.cos(theta);
        double sum = 1 + c * (1 / 2.0 + c * (3 / 8.0 + c * (15 / 48.0 + c * 105 / 384.0)));
        return 0.5 + 0.5 * Math.sin(theta) * sum;
    }

    @Test
    @Tag("statistical")
    void studentTStartsWithTenDegreesOfFreedom() {
        OnBlock t = new OnBlock(StudentT.of(1)).initialize(new SplittableRandom(1));
        float[][] samples = t.sample(DRAWS, new float[][] {NO_CONTEXT}, new SplittableRandom(3));
        assertDistributed(project(samples, 1), FamiliesTest::cdfOfTen);
    }

    /// ν = 1, the Cauchy distribution: gamma variates of shape below one, tails out to 1e5.
    @Test
    @Tag("statistical")
    void studentTDrawsCauchy() {
        BaseDistribution family = Parametric.of(new StudentT(1, new LogScale.Tanh(7), 0.5));
        double raw = Math.log(Math.expm1(0.5)) - Math.log(Math.expm1(9.5));
        float[][] samples =
                new OnBlock(family).set(2, raw).sample(DRAWS, new float[][] {NO_CONTEXT}, new SplittableRandom(4));
        assertDistributed(project(samples, 1), t -> 0.5 + Math.atan(t) / Math.PI);
    }

    @Test
    void studentTRefusesItsMinimum() {
        String message = assertThrows(IllegalArgumentException.class, () -> new StudentT(1, new LogScale.Tanh(7), 10))
                .getMessage();
        assertEquals("degrees of freedom need a minimum in [0.5, 10), got 10.0", message);
        assertThrows(IllegalArgumentException.class, () -> new StudentT(1, new LogScale.Tanh(7), 0));
    }

    // UniformBox

    @Test
    void boxIsFlatInsideAndZeroOutside() {
        OnBlock box = new OnBlock(UniformBox.of(List.of(-1.0, 0.0), List.of(3.0, 0.5)));
        double expected = -Math.log(2);
        assertEquals(expected, box.logProb(NO_CONTEXT, 0, 0.25f), 1e-15);
        assertEquals(expected, box.logProb(NO_CONTEXT, -1, 0.5f), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, box.logProb(NO_CONTEXT, Math.nextDown(-1f), 0.25f));
        assertEquals(Double.NEGATIVE_INFINITY, box.logProb(NO_CONTEXT, 0, Math.nextUp(0.5f)));
        assertEquals(Double.NaN, box.logProb(NO_CONTEXT, Float.NaN, 7));
    }

    @Test
    @Tag("statistical")
    void boxFeaturesAreIndependent() {
        OnBlock box = new OnBlock(UniformBox.unit(2));
        float[][] samples = box.sample(DRAWS, new float[][] {NO_CONTEXT}, new SplittableRandom(5));
        assertDistributed(project(samples, 1, 1), t -> t < 1 ? 0.5 * t * t : 1 - 0.5 * (2 - t) * (2 - t));
    }

    @Test
    void boxRefusesEndsWithoutRoom() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> UniformBox.of(List.of(0.0, 2.0), List.of(1.0, Double.POSITIVE_INFINITY)))
                .getMessage();
        assertEquals(
                "feature 1 of a box needs finite ends low < high with floats between them, got 2.0 and Infinity",
                message);
        assertThrows(IllegalArgumentException.class, () -> UniformBox.of(List.of(0.0), List.of(1.0, 2.0)));
        assertThrows(IllegalArgumentException.class, () -> UniformBox.of(List.of(), List.of()));
    }

    @Test
    void adaptiveBoxStartsAsTheUnitCube() {
        OnBlock box = new OnBlock(UniformBox.conditional(2, 1, network())).initialize(new SplittableRandom(1));
        assertEquals(0, box.logProb(new float[] {4}, 0, 1), 0);
        assertEquals(Double.NEGATIVE_INFINITY, box.logProb(new float[] {4}, 0.5f, -0.01f));
    }

    // NormalMixture

    @Test
    void mixtureAgreesWithHighPrecision() {
        assertGolden("normal-mixture.csv", NormalMixture.of(1, 2));
    }

    @Test
    void mixtureOfOneStartsAsStandardNormal() {
        OnBlock mixture = new OnBlock(NormalMixture.of(2, 1)).initialize(new SplittableRandom(1));
        assertEquals(-2 * Gaussian.HALF_LOG_TWO_PI - 0.5, mixture.logProb(NO_CONTEXT, 0, 1), 1e-14);
    }

    @Test
    void componentsStartApartInEveryFeature() {
        int dim = 3;
        int components = 5;
        NormalMixture family = new NormalMixture(dim, components, DiagonalNormal.DEFAULT_SCALE);
        float[] phi = new float[family.parameterCount()];
        family.initialize(phi, 0, new SplittableRandom(8));
        for (int j = 0; j < dim; j++) {
            float sum = 0;
            for (int k = 0; k < components; k++) {
                float mean = phi[components + 2 * (k * dim + j)];
                sum += mean;
                assertTrue(Math.abs(mean) < 1.5f);
                for (int other = 0; other < k; other++) {
                    assertNotEquals(phi[components + 2 * (other * dim + j)], mean);
                }
            }
            assertEquals(0, sum, 1e-6);
        }
    }

    /// The start goes into the network's last bias, so that it holds for every context.
    @Test
    void conditionalComponentsStartApartWhateverTheContext() {
        OnBlock free = new OnBlock(NormalMixture.of(2, 3)).initialize(new SplittableRandom(1));
        Parametric conditional = NormalMixture.conditional(2, 3, 1, network());
        OnBlock given = new OnBlock(conditional).initialize(new SplittableRandom(1));
        double first = given.logProb(new float[] {-4}, 0.3f, 1);
        assertEquals(first, given.logProb(new float[] {5}, 0.3f, 1), 0);
        // somewhere in the hypercube: not three components at the origin
        assertNotEquals(-Gaussian.HALF_LOG_TWO_PI * 2 - 0.5 * 1.09, first, 1e-3);
        assertTrue(Double.isFinite(free.logProb(NO_CONTEXT, 0.3f, 1)));
    }

    /// A projection of a mixture is a mixture of the projections: checks that a draw takes all its features from
    /// one component.
    @Test
    @Tag("statistical")
    void mixtureDrawsFollowClosedForm() {
        OnBlock mixture = new OnBlock(NormalMixture.of(2, 2))
                .set(0, Math.log(3)) // weights ¾ and ¼
                .set(2, 2)
                .set(4, 1)
                .set(6, -2)
                .set(8, -1);
        float[][] samples = mixture.sample(DRAWS, new float[][] {NO_CONTEXT}, new SplittableRandom(9));
        assertDistributed(
                project(samples, 0.6, -0.8), t -> 0.75 * Gaussian.cdf(t - 0.4) + 0.25 * Gaussian.cdf(t + 0.4));
        assertDistributed(project(samples, 0.6, 0.8), t -> 0.75 * Gaussian.cdf(t - 2) + 0.25 * Gaussian.cdf(t + 2));
    }

    @Test
    void mixtureRefusesNoComponents() {
        String message = assertThrows(IllegalArgumentException.class, () -> NormalMixture.of(2, 0))
                .getMessage();
        assertEquals("a mixture needs at least 1 component, got 0", message);
    }

    // Parametric

    @Test
    void refusesConditionerThatDoesNotFit() {
        DensityFamily family = new DiagonalNormal(2, new LogScale.Tanh(7));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Parametric(family, 0, FreeParameters.of(3)))
                .getMessage();
        assertEquals(
                "the conditioner maps 0 to 3, this distribution needs 0 (context) to 4 (parameters of " + family + ")",
                message);
        assertThrows(IllegalArgumentException.class, () -> DiagonalNormal.of(0));
    }

    private static Conditioner.Factory network() {
        return Mlp.factory(List.of(4), Activation.TANH, 0);
    }
}
