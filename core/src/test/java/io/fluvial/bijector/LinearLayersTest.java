package io.fluvial.bijector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Bijector;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Layers that multiply by a matrix: known values and gradients, orthogonality, what happens at the edges of θ.
///
/// Known numbers were computed with mpmath 1.3.0 at 40 digits from the formulas (a product of explicit reflections,
/// mpmath's `expm`, central differences with step 1e-15), 2026-11.
class LinearLayersTest {

    /// Unit roundoff of float, 2⁻²⁴.
    private static final double ROUND = 0x1p-24;

    private static final float[] V = {0.5f, -1.25f, 2, 0.75f, -0.5f, 0.25f, 1.5f, -3};
    private static final float[] UPPER = {0.5f, -1, 2};
    private static final float[] LOG_DIAGONAL = {0.25f, -0.5f, 1};
    private static final float[] BIAS = {1, 2, -1};
    private static final float[] X = {1, -2, 0.5f};

    private static float[] join(float[]... parts) {
        int size = 0;
        for (float[] part : parts) {
            size += part.length;
        }
        float[] whole = new float[size];
        int next = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, whole, next, part.length);
            next += part.length;
        }
        return whole;
    }

    @Test
    void householderHasKnownValuesAndGradients() {
        OneSample sample = new OneSample(new Householder(3, 4), V);
        float[] y = sample.forward(X);
        // entries of Q and the sum of three products are each rounded: 4 roundings of numbers up to 2
        assertEquals(1.1506595861101708, y[0], 8 * ROUND);
        assertEquals(1.5121671283102148, y[1], 8 * ROUND);
        assertEquals(1.2803644375531557, y[2], 8 * ROUND);
        assertEquals(0, sample.logDet());
        float[] expected = {
            -3.89854842121142f,
            0.886975181250195f,
            -0.9305545484857f,
            1.72782744012412f,
            -2.06801819813252f,
            3.30065829486015f,
            -1.60134097862292f,
            -1.47543541062159f
        };
        // gQ is exact here, the rest is double: what remains is rounding the result and the expected number
        assertArrayEquals(expected, sample.gradient(1, 0.5f, -2), (float) (8 * ROUND));
    }

    /// L row by row, U column by column. Known numbers by Python's decimal at 40 digits.
    @Test
    void luHasKnownValues() {
        float[] upper = {0.25f, -0.5f, 1.5f};
        OneSample sample = new OneSample(LuLinear.of(3), join(UPPER, upper, LOG_DIAGONAL, BIAS));
        float[] y = sample.forward(X);
        // as for QR
        assertEquals(1.53402541668774148, y[0], 32 * ROUND);
        assertEquals(1.80395138891860389, y[1], 32 * ROUND);
        assertEquals(-1.1010071413087525, y[2], 32 * ROUND);
        assertEquals(0.75, sample.logDet());
    }

    @Test
    void qrHasKnownValues() {
        OneSample sample = new OneSample(new QrLinear(3, 4), join(V, UPPER, LOG_DIAGONAL, BIAS));
        float[] y = sample.forward(X);
        // two products of three terms up to 4, one after the other, and b
        assertEquals(0.063991985746859601, y[0], 32 * ROUND);
        assertEquals(2.9379308315301544, y[1], 32 * ROUND);
        assertEquals(-0.57165560150289351, y[2], 32 * ROUND);
        assertEquals(0.75, sample.logDet());
    }

    @Test
    void svdHasKnownValues() {
        float[] other = {-0.5f, 0.25f, 1, -0.75f, 0.5f, -2, 0.125f, 1.75f};
        OneSample sample = new OneSample(new SvdLinear(3, 4), join(V, other, LOG_DIAGONAL, BIAS));
        float[] y = sample.forward(X);
        assertEquals(1.2655061026238564, y[0], 32 * ROUND);
        assertEquals(0.04183949333605539, y[1], 32 * ROUND);
        assertEquals(0.65738937635218136, y[2], 32 * ROUND);
        assertEquals(0.75, sample.logDet());
    }

    /// Without squarings, with three, with nine.
    @Test
    void orthogonalHasKnownValuesAndGradients() {
        assertOrthogonal(
                0.25f,
                new float[] {1.2650864160126011f, -2.3197971948508344f, -0.05698111198231747f, 0.71753082697529482f},
                new float[] {
                    3.07781727420748f,
                    -2.4833196913139f,
                    4.11971535464463f,
                    -1.40116773991203f,
                    -0.329531440276144f,
                    2.07159036057779f
                });
        assertOrthogonal(
                2,
                new float[] {-1.4919174324405054f, 0.87403865534053345f, -1.8647113245660224f, 1.0164105862228474f},
                new float[] {
                    0.0187694434356803f,
                    3.75601538625204f,
                    -2.84339379312703f,
                    0.78965623308262f,
                    -1.44277604554593f,
                    -0.0207546145039476f
                });
        assertOrthogonal(
                64,
                new float[] {-1.8012939581741475f, -1.0215288706917561f, 1.7706630127673456f, -0.27671526485939427f},
                new float[] {
                    0.594993238291662f,
                    0.977321471638703f,
                    0.0104058179601445f,
                    -0.542884938350899f,
                    -0.364989164902908f,
                    -0.576959287327398f
                });
    }

    private static void assertOrthogonal(float scale, float[] y, float[] gradient) {
        float[] skew = {0.5f * scale, -scale, 0.75f * scale, 0.25f * scale, 1.5f * scale, -0.5f * scale};
        OneSample sample = new OneSample(new Orthogonal(4), skew);
        // four products of numbers up to 2, each rounded with its entry of Q
        assertArrayEquals(y, sample.forward(1, -2, 0.5f, 1.5f), (float) (12 * ROUND));
        // gQ is exact here, the rest is double: rounding of results up to 4.2 and of the expected numbers
        assertArrayEquals(gradient, sample.gradient(1, 0.5f, -2, 0.25f), (float) (8 * ROUND));
    }

    @Test
    void rotationsKeepTheNormFarFromTheStart() {
        int dim = 12;
        for (Bijector layer : new Bijector[] {new Orthogonal(dim), new Householder(dim, 22)}) {
            SplittableRandom random = new SplittableRandom(3);
            float[] theta = new float[layer.parameters().size()];
            for (int k = 0; k < theta.length; k++) {
                theta[k] = (float) (30 * random.nextGaussian());
            }
            OneSample sample = new OneSample(layer, theta);
            for (int unit = 0; unit < dim; unit++) {
                float[] x = new float[dim];
                x[unit] = 1;
                double squares = 0;
                for (float value : sample.forward(x)) {
                    squares += (double) value * value;
                }
                // a column of Q, its entries rounded: 2 · Σ q² · ROUND at most
                assertEquals(1, squares, 2 * ROUND, layer + ", column " + unit);
            }
        }
    }

    @Test
    void anAngleThatIsNotANumberShows() {
        float[] skew = {0.5f, Float.NaN, 1};
        for (float value : new OneSample(new Orthogonal(3), skew).forward(1, 2, 3)) {
            assertTrue(Float.isNaN(value));
        }
        skew[1] = Float.POSITIVE_INFINITY;
        for (float value : new OneSample(new Orthogonal(3), skew).forward(1, 2, 3)) {
            assertTrue(Float.isNaN(value));
        }
    }

    @Test
    void impossibleNumbersOfReflectionsAreRefused() {
        assertEquals(
                "a Householder layer needs at least 1 reflection, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Householder(3, 0))
                        .getMessage());
        assertEquals(
                "the number of reflections must not be negative, got -1",
                assertThrows(IllegalArgumentException.class, () -> new QrLinear(3, -1))
                        .getMessage());
        assertEquals(
                "the number of reflections must not be negative, got -2",
                assertThrows(IllegalArgumentException.class, () -> new SvdLinear(3, -2))
                        .getMessage());
    }
}
