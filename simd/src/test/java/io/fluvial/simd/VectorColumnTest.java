package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import io.fluvial.scalar.Shift;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Vector columns against the scalar maps, lane by lane.
class VectorColumnTest {

    private static final int N = 272;
    private static final int STRIDE = N + 5;

    /// Relative to the largest number in the formula. s of up to about 7 in a float is off by 7 · 2^-24,
    /// which exp makes a relative error of the scale; five more roundings.
    private static final double TOLERANCE = (7 + 5) * 0x1p-24;

    private static final float[] EXTREMES = {
        0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f, 1e4f, -1e4f, 1e-30f
    };

    static List<ScalarBijector> maps() {
        return List.of(
                new Shift(),
                new Affine(new LogScale.Tanh(3)),
                new Affine(new LogScale.Tanh(0.5)),
                new Affine(new LogScale.SoftClip(Math.log(1000))),
                new Affine(new LogScale.Sigmoid(0.01, 3)),
                new Affine(new LogScale.Sigmoid(0.5, 1.001)),
                new Affine(new LogScale.Softplus(0.001)),
                new Affine(new LogScale.Softplus(0.9)));
    }

    /// Rows x, y, then φ, at odd places.
    private static final class Case {
        final int parameters;
        final int x = 3;
        final int y = x + STRIDE;
        final int phi = y + STRIDE + 2;
        final float[] d;
        final float[] g;
        final float[] gLogDet = new float[N + 16];
        final double[] logDet = new double[N + 16];

        Case(ScalarBijector map, long seed) {
            parameters = map.parameterCount();
            Random random = new Random(seed);
            d = new float[phi + parameters * STRIDE + 9];
            g = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) random.nextGaussian();
                g[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < logDet.length; i++) {
                logDet[i] = random.nextGaussian();
                gLogDet[i] = (float) random.nextGaussian();
            }
        }

        /// Each row in turn goes through the extreme values, in lanes of its own.
        Case extreme() {
            int[] rows = new int[2 + parameters];
            rows[0] = x;
            rows[1] = y;
            for (int k = 0; k < parameters; k++) {
                rows[2 + k] = phi + k * STRIDE;
            }
            for (int r = 0; r < rows.length; r++) {
                for (int e = 0; e < EXTREMES.length; e++) {
                    d[rows[r] + 20 * (r + 1) + e] = EXTREMES[e];
                }
            }
            return this;
        }
    }

    /// The kernel, compiled.
    private static ColumnKernel vector(ScalarBijector map) {
        ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map), map.toString());
        Case c = new Case(map, 0);
        Compiled.run(
                () -> kernel.forward(c.d, c.x, c.y, c.phi, STRIDE, c.logDet, N),
                () -> kernel.inverse(c.d, c.y, c.x, c.phi, STRIDE, c.logDet, N),
                () -> kernel.forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, N));
        return kernel;
    }

    @ParameterizedTest
    @MethodSource("maps")
    void forwardEqualsScalar(ScalarBijector map) {
        Case expected = new Case(map, 1).extreme();
        Case actual = new Case(map, 1).extreme();
        Lane lane = new Lane(expected.d, expected.d, STRIDE);
        for (int i = 0; i < N; i++) {
            expected.d[expected.y + i] = map.forward(expected.d[expected.x + i], lane.at(expected.phi + i));
            expected.logDet[i] += lane.logDerivative();
        }
        vector(map).forward(actual.d, actual.x, actual.y, actual.phi, STRIDE, actual.logDet, N);
        assertEqual(expected, actual);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void inverseEqualsScalar(ScalarBijector map) {
        Case expected = new Case(map, 2).extreme();
        Case actual = new Case(map, 2).extreme();
        Lane lane = new Lane(expected.d, expected.d, STRIDE);
        for (int i = 0; i < N; i++) {
            expected.d[expected.x + i] = map.inverse(expected.d[expected.y + i], lane.at(expected.phi + i));
            expected.logDet[i] += lane.logDerivative();
        }
        vector(map).inverse(actual.d, actual.y, actual.x, actual.phi, STRIDE, actual.logDet, N);
        assertEqual(expected, actual);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void pullbackEqualsScalar(ScalarBijector map) {
        Case expected = new Case(map, 3).extreme();
        Case actual = new Case(map, 3).extreme();
        vector(map).forward(expected.d, expected.x, expected.y, expected.phi, STRIDE, expected.logDet, N);
        vector(map).forward(actual.d, actual.x, actual.y, actual.phi, STRIDE, actual.logDet, N);
        Lane lane = new Lane(expected.d, expected.g, STRIDE);
        for (int i = 0; i < N; i++) {
            expected.g[expected.x + i] = map.forwardVjp(
                    expected.d[expected.x + i],
                    expected.g[expected.y + i],
                    expected.gLogDet[i],
                    lane.at(expected.phi + i));
        }
        vector(map).forwardVjp(actual.d, actual.g, actual.gLogDet, actual.x, actual.y, actual.phi, STRIDE, N);
        assertEqual(expected, actual);
    }

    @Test
    void unknownMapsAndScalesBeyondFloatAreLeftToTheScalarKernel() {
        Object[] left = {
            "a map of somebody else",
            new Affine(new LogScale.Tanh(100)),
            new Affine(new LogScale.SoftClip(1e6)),
            new Affine(new LogScale.Sigmoid(0.01, 1e20)),
            new Affine(new LogScale.Softplus(1e-20))
        };
        Arrays.stream(left).forEach(map -> assertNull(new VectorKernels().column(map), map.toString()));
    }

    private static void assertEqual(Case expected, Case actual) {
        for (int i = 0; i < expected.d.length; i++) {
            assertClose(expected.d[i], actual.d[i], "value at " + i);
            assertClose(expected.g[i], actual.g[i], "gradient at " + i);
        }
        for (int i = 0; i < expected.logDet.length; i++) {
            assertClose(expected.logDet[i], actual.logDet[i], "log-determinant " + i);
        }
    }

    private static void assertClose(double expected, double actual, String what) {
        double tolerance = TOLERANCE * Math.max(1, Math.abs(expected)); // an infinite one accepts anything but NaN
        if (Double.compare(expected, actual) != 0) {
            assertEquals(expected, actual, Double.isInfinite(tolerance) ? 0 : tolerance, what);
        }
    }
}
