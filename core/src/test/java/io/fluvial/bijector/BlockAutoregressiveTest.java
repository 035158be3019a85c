package io.fluvial.bijector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Known values, the order of features, and the inverse where it is hard.
class BlockAutoregressiveTest {

    /// Unit roundoff of float, 2⁻²⁴.
    private static final double ROUND = 0x1p-24;

    /// θ_k = ((7k + 3) mod 17 − 8) / 8: y and ℓ were computed with mpmath 1.3.0 at 40 digits from the formula with full
    /// matrices, ℓ by numerical differentiation of y, 2026-11.
    @Test
    void knownValues() {
        BlockAutoregressive layer = new BlockAutoregressive(2, 1, 2, 2);
        float[] theta = new float[layer.parameters().size()];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = ((7 * k + 3) % 17 - 8) / 8f;
        }
        OneSample sample = new OneSample(layer, theta, 0.75f);
        float[] y = sample.forward(0.5f, -1.25f);
        // sums of at most 5 terms of size up to 3, three layers deep: about 20 roundings of such numbers
        assertEquals(-1.2247507963731181, y[0], 64 * ROUND);
        assertEquals(-1.6688388232841219, y[1], 64 * ROUND);
        assertEquals(1.3591110426164755, sample.logDet(), 64 * ROUND);
        float[] back = sample.inverse(y[0], y[1]);
        // slopes are at least 1 − α > 0.26: errors of y grow fourfold, and again from x_1 to x_2
        assertArrayEquals(new float[] {0.5f, -1.25f}, back, (float) (512 * ROUND));
        assertEquals(1.3591110426164755, sample.logDet(), 512 * ROUND);
    }

    private static float[] randomParameters(BlockAutoregressive layer, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] theta = new float[layer.parameters().size()];
        layer.initialize(theta, 0, random);
        for (int k = 0; k < theta.length; k++) {
            theta[k] += (float) (scale * random.nextGaussian());
        }
        return theta;
    }

    @Test
    void outputsDependOnEarlierFeaturesOnly() {
        BlockAutoregressive layer = new BlockAutoregressive(4, 0, 3, 2);
        OneSample sample = new OneSample(layer, randomParameters(layer, 0.5, 1));
        float[] x = {0.5f, -1, 0.25f, 2};
        float[] y = sample.forward(x);
        for (int j = 0; j < 4; j++) {
            float[] moved = x.clone();
            moved[j] += 1;
            float[] after = sample.forward(moved);
            assertArrayEquals(Arrays.copyOf(y, j), Arrays.copyOf(after, j), "features before " + j);
            assertTrue(after[j] > y[j], "feature " + j + " increases");
            assertTrue(j == 3 || after[3] != y[3], "feature 3 sees feature " + j);
        }
    }

    /// The start is near the identity: within α · |f − x| with |f − x| ≤ 4 or so where samples are.
    @Test
    void startIsNearTheIdentity() {
        BlockAutoregressive layer = BlockAutoregressive.of(3, 8, 2);
        OneSample sample = new OneSample(layer, randomParameters(layer, 0, 2));
        float[] x = {1.5f, 0, -1.5f};
        float[] y = sample.forward(x);
        for (int j = 0; j < 3; j++) {
            assertEquals(x[j], y[j], 4 * 0.12);
        }
        assertEquals(0, sample.logDet(), 3 * 0.5);
    }

    /// Steep, flat, saturated and far out: the residual of y = f(x) must be rounding of what is summed.
    @Test
    void inverseSolvesWhereverTheLatentIs() {
        BlockAutoregressive layer = new BlockAutoregressive(2, 0, 4, 2);
        for (long seed = 0; seed < 20; seed++) {
            float[] theta = randomParameters(layer, 2, seed);
            OneSample sample = new OneSample(layer, theta);
            for (float latent : new float[] {-1e30f, -1e6f, -300, -3, -1e-3f, 0, 0.1f, 1, 30, 1e4f, 1e12f}) {
                float[] x = sample.inverse(latent, -latent);
                double logDet = sample.logDet();
                float[] y = sample.forward(x);
                assertEquals(logDet, sample.logDet(), "the inverse leaves what forward leaves");
                // x is rounded by ROUND |x|, which the slope of its own y multiplies (ℓ has both slopes, of which the
                // other one is at least 1 − α); f is a sum with terms up to Σ |weights|
                double slope = Math.exp(logDet) / Math.min(keep(theta, 1), keep(theta, 2));
                for (int j = 0; j < 2; j++) {
                    double size = Math.abs(latent) + 1 + terms(theta) + slope * Math.abs(x[j]);
                    assertEquals(j == 0 ? latent : -latent, y[j], 8 * ROUND * size, "seed " + seed + ", y = " + latent);
                }
            }
        }
    }

    /// 1 − α of the last feature but `k` − 1.
    private static double keep(float[] theta, int k) {
        return 1 / (1 + Math.exp(theta[theta.length - k]));
    }

    /// More than any sum of weights: exponentials of all of them.
    private static double terms(float[] theta) {
        double sum = 0;
        for (float value : theta) {
            sum += Math.exp(Math.abs(value));
        }
        return sum;
    }

    @Test
    void whatIsNotFiniteStaysSo() {
        BlockAutoregressive layer = BlockAutoregressive.of(2, 3, 1);
        float[] theta = randomParameters(layer, 0.3, 5);
        OneSample sample = new OneSample(layer, theta);
        assertEquals(Float.POSITIVE_INFINITY, sample.forward(Float.POSITIVE_INFINITY, 1)[0]);
        assertEquals(Float.NEGATIVE_INFINITY, sample.inverse(Float.NEGATIVE_INFINITY, 1)[0]);
        float[] x = sample.inverse(Float.NaN, 1);
        assertTrue(Float.isNaN(x[0]) && Float.isNaN(x[1]));
        theta[0] = Float.NaN;
        assertTrue(Float.isNaN(sample.inverse(1, 1)[0]));
        assertTrue(Float.isNaN(sample.forward(1, 1)[0]));
    }

    @Test
    void impossibleSizesAreRefused() {
        assertEquals(
                "a block autoregressive layer needs at least one hidden layer and one unit per feature, got 0 and 3",
                assertThrows(IllegalArgumentException.class, () -> BlockAutoregressive.of(2, 3, 0))
                        .getMessage());
    }
}
