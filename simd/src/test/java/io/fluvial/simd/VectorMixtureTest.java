package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.DeepSigmoidal;
import io.fluvial.scalar.Gaussianization;
import io.fluvial.scalar.LogScale;
import io.fluvial.scalar.MixtureOfLogistics;
import java.util.Arrays;
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

    static List<ScalarBijector> maps() {
        return List.of(
                Gaussianization.of(1),
                Gaussianization.of(2),
                Gaussianization.of(8),
                new Gaussianization(3, new LogScale.Softplus(0.01)),
                new Gaussianization(2, new LogScale.SoftClip(4)),
                MixtureOfLogistics.of(1),
                MixtureOfLogistics.of(8),
                new MixtureOfLogistics(3, new LogScale.Softplus(0.01)),
                new MixtureOfLogistics(2, new LogScale.Sigmoid(0.1, 3)),
                DeepSigmoidal.of(1),
                DeepSigmoidal.of(8),
                new DeepSigmoidal(3, new LogScale.Tanh(3)));
    }

    @Test
    void anEmptyRowIsNotTrusted() {
        MixtureRows rows = new MixtureRows(1);
        rows.begin(16);
        assertTrue(!rows.trusted(0));
    }

    /// Most lanes of ordinary size are computed as vectors: a kernel that left them all to the scalar map would pass
    /// every other test.
    @ParameterizedTest
    @MethodSource("maps")
    void ordinaryLanesDoNotFallBack(ScalarBijector map) {
        ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map));
        Random random = new Random(1);
        float[] d = new float[PHI + map.parameterCount() * STRIDE];
        for (int i = 0; i < d.length; i++) {
            d[i] = (float) random.nextGaussian();
        }
        kernel.forward(d, X, Y, PHI, STRIDE, new double[N], 128);
        int trusted = kernel instanceof VectorLogisticMixture logistic
                ? logistic.trusted(128)
                : ((VectorGaussianization) kernel).trusted(128);
        assertTrue(trusted >= 125, () -> trusted + " of 128 lanes");
    }

    /// One component has no choice of weights; where x is its very mean, neither side has more of it.
    @Test
    void theOnlyWeightHasNoGradientAtTheMean() {
        for (ScalarBijector map : List.of(Gaussianization.of(1), MixtureOfLogistics.of(1), DeepSigmoidal.of(1))) {
            ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map));
            float[] d = new float[PHI + 3 * STRIDE];
            float[] g = new float[d.length];
            float[] gLogDet = new float[16];
            Arrays.fill(g, Y, Y + 16, 1f);
            Arrays.fill(gLogDet, 1f);
            kernel.forwardVjp(d, g, gLogDet, X, Y, PHI, STRIDE, 16);
            assertEquals(0, g[PHI], TOLERANCE, map.toString());
        }
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
                double yReach = reach(map, e, lane, i, 1, 0);
                assertClose(y, c.d[Y + i], TOLERANCE * (1 + Math.abs(y) + yReach), where + ": y");
                double logReach = reach(map, e, lane, i, 0, 1);
                assertClose(
                        logDerivative,
                        c.logDet[i],
                        TOLERANCE * (1 + Math.abs(logDerivative) + logReach),
                        where + ": log f′");
                double gX = map.forwardVjp(e.d[X + i], e.g[Y + i], e.gLogDet[i], lane);
                // a share changes by what its z is off, at most
                double gradient = (farthest(map, e, i) + yReach + logReach + y * y) * (1 + slope + Math.abs(gX));
                double offset = 1 + Math.abs(e.d[X + i]) + largest(map, e, i);
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

    /// How far a result moves, in roundings, when every z_k is off by roundings of its terms: the
    /// gradients of the places tell.
    private static double reach(ScalarBijector map, Case c, Lane lane, int i, float gY, float gLogDet) {
        float[] kept = c.g.clone();
        map.forwardVjp(c.d[X + i], gY, gLogDet, lane);
        int components = c.parameters / 3;
        double sum = 0;
        for (int k = 0; k < components; k++) {
            double gPlace = c.g[PHI + place(map, k, components) * STRIDE + i];
            double terms = map instanceof DeepSigmoidal
                    ? terms(map, c, i, k) // an offset is in units of z, a mean in those of x
                    : 1 + Math.abs(c.d[X + i]) + Math.abs(c.d[PHI + place(map, k, components) * STRIDE + i]);
            sum += Math.abs(gPlace) * terms + Math.abs(c.g[PHI + k * STRIDE + i]);
        }
        System.arraycopy(kept, 0, c.g, 0, kept.length);
        return sum;
    }

    private static int place(ScalarBijector map, int k, int components) {
        return (map instanceof DeepSigmoidal ? 2 : 1) * components + k;
    }

    /// a_k, but for the factor at the start, which is near 1.
    private static double slope(ScalarBijector map, Case c, int i, int k) {
        int components = c.parameters / 3;
        return switch (map) {
            case DeepSigmoidal sigmoidal ->
                Math.exp(sigmoidal.logSlope().logScale(c.d[PHI + (components + k) * STRIDE + i]));
            case MixtureOfLogistics logistic ->
                Math.exp(-logistic.logScale().logScale(c.d[PHI + (2 * components + k) * STRIDE + i]));
            default ->
                Math.exp(-((Gaussianization) map).logScale().logScale(c.d[PHI + (2 * components + k) * STRIDE + i]));
        };
    }

    /// Of the terms that z_k is the sum of.
    private static double terms(ScalarBijector map, Case c, int i, int k) {
        double a = slope(map, c, i, k);
        double place = 1 + Math.abs(c.d[PHI + place(map, k, c.parameters / 3) * STRIDE + i]);
        return a * Math.abs(c.d[X + i]) + (map instanceof DeepSigmoidal ? place : a * place);
    }

    private static double farthest(ScalarBijector map, Case c, int i) {
        double farthest = 1; // the share's own roundings
        for (int k = 0; k < c.parameters / 3; k++) {
            farthest = Math.max(farthest, terms(map, c, i, k));
        }
        return farthest;
    }

    /// Of the raw places.
    private static double largest(ScalarBijector map, Case c, int i) {
        double largest = 0;
        for (int k = 0; k < c.parameters / 3; k++) {
            largest = Math.max(largest, Math.abs(c.d[PHI + place(map, k, c.parameters / 3) * STRIDE + i]));
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("maps")
    void firstCallGivesTheBitsOfTheCompiledOne(ScalarBijector map) {
        ColumnKernel first = Objects.requireNonNull(new VectorKernels().column(map));
        Case a = new Case(map, 7, 1);
        first.forward(a.d, X, Y, PHI, STRIDE, a.logDet, N);
        first.forwardVjp(a.d, a.g, a.gLogDet, X, Y, PHI, STRIDE, N);
        ColumnKernel compiled = vector(map);
        Case b = new Case(map, 7, 1);
        compiled.forward(b.d, X, Y, PHI, STRIDE, b.logDet, N);
        compiled.forwardVjp(b.d, b.g, b.gLogDet, X, Y, PHI, STRIDE, N);
        assertArrayEquals(a.d, b.d);
        assertArrayEquals(a.g, b.g);
        assertArrayEquals(a.logDet, b.logDet);
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
    void scalesThatDoNotFitAreLeftToTheScalarKernel() {
        assertNull(new VectorKernels().column(new MixtureOfLogistics(3, new LogScale.SoftClip(40))));
        assertNull(new VectorKernels().column(new DeepSigmoidal(3, new LogScale.Softplus(1e-20))));
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
