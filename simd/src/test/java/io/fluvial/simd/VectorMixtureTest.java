package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Gaussianization;
import io.fluvial.scalar.LogScale;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kernels of mixture maps against the scalar maps, lane by lane: middle, tails, gaps and what
/// is no number.
class VectorMixtureTest {

    private static final int N = 272;
    private static final int STRIDE = N + 5;
    private static final int X = 3;
    private static final int Y = X + STRIDE;
    private static final int PHI = Y + STRIDE + 2;

    /// An exponent of up to 40 is off by 40 · 2⁻²⁴ in a float, and with it every share of a
    /// component; a dozen roundings more, relative to the largest number in the formula.
    private static final double TOLERANCE = (40 + 12) * 0x1p-24;

    private static final float[] EXTREMES = {
        0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f, 1e4f, -1e4f, 1e-30f, 20, -9
    };

    /// Most lanes of ordinary size are computed as vectors: a kernel that left them all to the scalar map would pass
    /// every other test.
    @Test
    void ordinaryLanesDoNotFallBack() {
        MixtureRows rows = new MixtureRows(1);
        rows.begin(16);
        assertTrue(!rows.trusted(0), "an empty row");
        Gaussianization map = Gaussianization.of(4);
        VectorGaussianization kernel = (VectorGaussianization) Objects.requireNonNull(VectorGaussianization.of(map));
        Random random = new Random(1);
        float[] d = new float[PHI + map.parameterCount() * STRIDE];
        for (int i = 0; i < d.length; i++) {
            d[i] = (float) random.nextGaussian();
        }
        kernel.forward(d, X, Y, PHI, STRIDE, new double[N], 128);
        assertTrue(kernel.trusted(128) >= 125, () -> kernel.trusted(128) + " of 128 lanes");
    }

    static List<ScalarBijector> maps() {
        return List.of(Gaussianization.of(1), Gaussianization.of(2), Gaussianization.of(8));
    }

    /// Rows x, y, then φ, at odd places; rows of g alike.
    private static final class Case {
        final int parameters;
        final float[] d;
        final float[] g;
        final float[] gLogDet = new float[N + 16];
        final double[] logDet = new double[N + 16];

        Case(ScalarBijector map, long seed, double spread) {
            parameters = map.parameterCount();
            Random random = new Random(seed);
            d = new float[PHI + parameters * STRIDE + 9];
            g = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) (spread * random.nextGaussian());
                g[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < logDet.length; i++) {
                gLogDet[i] = (float) random.nextGaussian();
            }
            for (int r = 0; r <= parameters; r++) {
                int row = r == 0 ? X : PHI + (r - 1) * STRIDE;
                for (int e = 0; e < EXTREMES.length; e++) {
                    d[row + (13 * r + e) % N] = EXTREMES[e];
                }
            }
        }
    }

    private static ColumnKernel vector(ScalarBijector map) {
        ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map), map.toString());
        Case c = new Case(map, 0, 1);
        Compiled.run(
                () -> kernel.forward(c.d, X, Y, PHI, STRIDE, c.logDet, N),
                () -> kernel.inverse(c.d, Y, X, PHI, STRIDE, c.logDet, N),
                () -> kernel.forwardVjp(c.d, c.g, c.gLogDet, X, Y, PHI, STRIDE, N));
        return kernel;
    }

    @ParameterizedTest
    @MethodSource("maps")
    void kernelEqualsScalar(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        for (int trial = 0; trial < 40; trial++) {
            Case c = new Case(map, trial + 1, 0.5 + 0.1 * trial);
            Case e = new Case(map, trial + 1, 0.5 + 0.1 * trial);
            kernel.forward(c.d, X, Y, PHI, STRIDE, c.logDet, N);
            kernel.forwardVjp(c.d, c.g, c.gLogDet, X, Y, PHI, STRIDE, N);
            Lane lane = new Lane(e.d, e.g, STRIDE);
            for (int i = 0; i < N; i++) {
                String where = map + ", trial " + trial + ", lane " + i;
                double y = map.forward(e.d[X + i], lane.at(PHI + i));
                double logDerivative = lane.logDerivative();
                double slope = Math.exp(logDerivative);
                // y moves by a rounding of x relative to the mean, and by the rounding of its tail
                double offset = 1 + Math.abs(e.d[X + i]) + largest(e, i);
                assertClose(y, c.d[Y + i], TOLERANCE * (1 + Math.abs(y) + slope * offset), where + ": y");
                double steepness = Math.abs(map.forwardVjp(e.d[X + i], 0, 1, lane));
                double size = 1 + Math.abs(logDerivative) + steepness * offset;
                assertClose(logDerivative, c.logDet[i], TOLERANCE * size, where + ": log f′");
                double gX = map.forwardVjp(e.d[X + i], e.g[Y + i], e.gLogDet[i], lane);
                // z of a narrow component is off by offset / s, and with it its share
                double gradient = (narrowest(e, i) * offset + slope * offset + steepness * offset + y * y)
                        * (1 + slope + Math.abs(gX));
                assertClose(gX, c.g[X + i], TOLERANCE * gradient, where + ": gX");
                for (int k = 0; k < e.parameters; k++) {
                    double expected = e.g[PHI + k * STRIDE + i];
                    assertClose(
                            expected,
                            c.g[PHI + k * STRIDE + i],
                            TOLERANCE * (gradient * offset + Math.abs(expected)),
                            where + ": gφ" + k);
                }
            }
            for (int i = N; i < STRIDE; i++) {
                assertEquals(e.d[Y + i], c.d[Y + i], "lanes past n are left alone");
            }
        }
    }

    /// Of the raw means.
    private static double largest(Case c, int i) {
        double largest = 0;
        for (int k = c.parameters / 3; k < c.parameters / 3 * 2; k++) {
            largest = Math.max(largest, Math.abs(c.d[PHI + k * STRIDE + i]));
        }
        return largest;
    }

    /// The largest 1/s, but for the factor at the start, which is near 1.
    private static double narrowest(Case c, int i) {
        double narrowest = 1;
        for (int k = c.parameters / 3 * 2; k < c.parameters; k++) {
            double raw = c.d[PHI + k * STRIDE + i];
            narrowest = Math.max(narrowest, Math.exp(-new LogScale.Tanh(7).logScale(raw)));
        }
        return narrowest;
    }

    @ParameterizedTest
    @MethodSource("maps")
    void inverseIsTheScalarOne(ScalarBijector map) {
        Case c = new Case(map, 5, 1);
        Case e = new Case(map, 5, 1);
        vector(map).inverse(c.d, Y, X, PHI, STRIDE, c.logDet, N);
        Lane lane = new Lane(e.d, e.g, STRIDE);
        for (int i = 0; i < N; i++) {
            assertEquals(map.inverse(e.d[Y + i], lane.at(PHI + i)), c.d[X + i]);
            assertEquals(lane.logDerivative(), c.logDet[i]);
        }
    }

    @Test
    void scalesOfAnotherKindAreLeftToTheScalarKernel() {
        assertNull(new VectorKernels().column(new Gaussianization(3, new LogScale.Softplus(0.1))));
        assertNull(new VectorKernels().column(new Gaussianization(3, new LogScale.Tanh(50))));
    }

    private static void assertClose(double expected, double actual, double tolerance, String what) {
        if (Double.compare(expected, actual) == 0) {
            return;
        }
        assertTrue(
                Math.abs(expected - actual) <= tolerance && tolerance < Double.POSITIVE_INFINITY,
                () -> what + ": expected " + expected + " ± " + tolerance + ", got " + actual);
    }
}
