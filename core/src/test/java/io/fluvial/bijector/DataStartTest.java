package io.fluvial.bijector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Bijector;
import io.fluvial.Moments;
import io.fluvial.Samples;
import io.fluvial.Walk;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.Affine;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Layers that start from data, used either way round and nested.
class DataStartTest {

    private static final int COUNT = 1000;

    /// Where means may be off: x, m and s are floats, the samples are up to 60, so a few hundred roundings of 2⁻²⁴
    /// after division by the deviation.
    private static final double TOLERANCE = 1e-5;

    /// Correlated, with means 3 and −50 and deviations 2 and about 6; a third feature is constant if asked for.
    private static Samples samples(boolean withConstant) {
        SplittableRandom random = new SplittableRandom(11);
        float[][] columns = new float[withConstant ? 3 : 2][COUNT];
        for (int i = 0; i < COUNT; i++) {
            double first = random.nextGaussian();
            columns[0][i] = (float) (3 + 2 * first);
            columns[1][i] = (float) (-50 + 4 * first + 5 * random.nextGaussian());
            if (withConstant) {
                columns[2][i] = 7;
            }
        }
        return Samples.wrap(columns);
    }

    /// What arrives at the other end after the start.
    private static Samples started(Bijector layer, Samples x) {
        float[] theta = new float[layer.parameters().size()];
        layer.initialize(theta, 0, new SplittableRandom(1));
        layer.initializeFrom(x, Samples.none(COUNT), theta, 0);
        return Walk.forward(layer, x, Samples.none(COUNT), theta, 0);
    }

    private static void assertStandard(Bijector layer) {
        Samples y = started(layer, samples(false));
        for (int j = 0; j < y.dim(); j++) {
            assertEquals(0, Moments.of(y, j).mean(), TOLERANCE, layer + ", mean of feature " + j);
            assertEquals(1, Moments.of(y, j).deviation(), TOLERANCE, layer + ", deviation of feature " + j);
        }
    }

    private static double correlation(Samples y) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += (double) y.get(i, 0) * y.get(i, 1);
        }
        return sum / COUNT;
    }

    @Test
    void layersStandardiseWhatArrives() {
        for (Bijector layer :
                List.<Bijector>of(new ActNorm(2), new Standardization(2), new BatchNorm(2), LuLinear.whitening(2))) {
            assertStandard(layer);
        }
    }

    @Test
    void invertedLayersStandardiseWhatArrives() {
        for (Bijector layer :
                List.<Bijector>of(new ActNorm(2), new Standardization(2), new BatchNorm(2), LuLinear.whitening(2))) {
            assertStandard(new Inverted(layer));
            assertStandard(new Inverted(new Inverted(layer)));
            assertStandard(new Inverted(Chain.of(layer)));
        }
    }

    @Test
    void invertedWhiteningRemovesCorrelation() {
        // entries of C⁻¹ are floats; the correlation of the samples is 0.62
        assertEquals(0, correlation(started(LuLinear.whitening(2), samples(false))), TOLERANCE);
        assertEquals(0, correlation(started(new Inverted(LuLinear.whitening(2)), samples(false))), TOLERANCE);
    }

    /// The last part of an inverted chain meets the samples first, and each part what the one before it left.
    @Test
    void partsOfAnInvertedChainStartInTheOrderInWhichTheyMeetTheSamples() {
        Chain chain = Chain.of(
                new ActNorm(2),
                Permutation.reverse(2),
                new Inverted(new ActNorm(2)),
                LuLinear.whitening(2),
                new Standardization(2));
        assertStandard(new Inverted(chain));
        float[] theta = new float[chain.parameters().size()];
        chain.initialize(theta, 0, new SplittableRandom(1));
        new Inverted(chain).initializeFrom(samples(false), Samples.none(COUNT), theta, 0);
        // the standardisation took mean and deviation, whitening the correlation: nothing is left for the others
        assertArrayEquals(new float[4], Arrays.copyOf(theta, 4), (float) TOLERANCE, "outer ActNorm");
        assertArrayEquals(new float[4], Arrays.copyOfRange(theta, 4, 8), (float) TOLERANCE, "inverted ActNorm");
    }

    @Test
    void constantFeaturesAreOnlyShifted() {
        for (Bijector layer : List.<Bijector>of(new ActNorm(3), new Standardization(3), new BatchNorm(3))) {
            Samples y = started(new Inverted(layer), samples(true));
            assertEquals(0, y.get(5, 2), layer.toString());
            assertEquals(0, started(layer, samples(true)).get(5, 2), layer.toString());
        }
    }

    /// Layers without a data-dependent start stay as they are under `Inverted`.
    @Test
    void invertedCouplingsKeepTheirStart() {
        Coupling coupling =
                Coupling.of(Mask.of(2, 0), 0, Affine.bounded(), Mlp.factory(List.of(4), Activation.TANH, 0));
        Samples x = samples(false);
        Samples y = started(new Inverted(coupling), x);
        for (int j = 0; j < 2; j++) {
            assertArrayEquals(x.column(j), y.column(j));
        }
    }

    /// Called again, BatchNorm renews its statistics and keeps what was trained; ActNorm starts over.
    @Test
    void batchNormRenewsItsStatisticsOnly() {
        BatchNorm layer = new BatchNorm(2);
        float[] theta = {0, 0, 1, 1, 0.5f, -0.25f, 2, -1}; // means, deviations, log-scales, shifts
        layer.initializeFrom(samples(false), Samples.none(COUNT), theta, 0);
        assertArrayEquals(new float[] {0.5f, -0.25f, 2, -1}, Arrays.copyOfRange(theta, 4, 8));
        Samples y = Walk.forward(layer, samples(false), Samples.none(COUNT), theta, 0);
        assertEquals(2, Moments.of(y, 0).mean(), TOLERANCE);
        assertEquals(Math.exp(0.5), Moments.of(y, 0).deviation(), TOLERANCE);
        assertEquals(-1, Moments.of(y, 1).mean(), TOLERANCE);
        assertEquals(Math.exp(-0.25), Moments.of(y, 1).deviation(), TOLERANCE);
        Inverted inverted = new Inverted(layer);
        inverted.initializeFrom(samples(false), Samples.none(COUNT), theta, 0);
        assertArrayEquals(new float[] {0.5f, -0.25f, 2, -1}, Arrays.copyOfRange(theta, 4, 8));
        Samples x = Walk.forward(inverted, samples(false), Samples.none(COUNT), theta, 0);
        assertEquals(0, Moments.of(x, 0).mean(), TOLERANCE);
        assertEquals(1, Moments.of(x, 1).deviation(), TOLERANCE);
    }
}
