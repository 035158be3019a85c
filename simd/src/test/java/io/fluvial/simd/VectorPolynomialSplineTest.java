package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LinearSpline;
import io.fluvial.scalar.QuadraticSpline;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Vector columns of the splines of polynomials against the scalar maps, lane by lane.
class VectorPolynomialSplineTest {

    private static final int N = 272;
    private static final int STRIDE = N + 5;

    /// Exponentials and sums of shares lose a few units of 2⁻²⁴; a place in the box is known to bound · 2⁻²³, which
    /// slopes of up to ten carry on.
    private static final double TOLERANCE = 64 * 0x1p-23;

    private static final float[] EXTREMES = {
        0f, -0f, Float.NaN, 3f, -3f, 3.0000002f, -3.0000002f, 2.9999998f, 1e30f, -1e30f, 50f, -50f, 1e-30f
    };

    static List<ScalarBijector> maps() {
        return List.of(
                LinearSpline.of(8, 3),
                LinearSpline.of(2, 0.7),
                new LinearSpline(5, 3, 0.1),
                QuadraticSpline.of(8, 3),
                QuadraticSpline.of(2, 0.7),
                new QuadraticSpline(5, 3, 0.1, 0.2));
    }

    /// Rows x, y, back, then φ, at odd places. Results of the kernel in d and g, of the map in scalars.
    private static final class Case {
        final ScalarBijector map;
        final int parameters;
        final int x = 3;
        final int y = x + STRIDE;
        final int back = y + STRIDE;
        final int phi = back + STRIDE + 2;
        final float[] d;
        final float[] g;
        final float[] gLogDet = new float[N + 16];
        final double[] forward = new double[N + 16];
        final double[] inverse = new double[N + 16];

        Case(ScalarBijector map, long seed, double scale) {
            this.map = map;
            parameters = map.parameterCount();
            Random random = new Random(seed);
            d = new float[phi + parameters * STRIDE + 9];
            g = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) (i < phi ? 1.5 * random.nextGaussian() : scale * random.nextGaussian());
                g[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < gLogDet.length; i++) {
                gLogDet[i] = (float) random.nextGaussian();
            }
        }

        Case extreme(boolean inParameters) {
            for (int e = 0; e < EXTREMES.length; e++) {
                d[x + 20 + e] = EXTREMES[e];
                for (int k = 0; k < parameters && inParameters; k++) {
                    d[phi + k * STRIDE + 40 + (k % 10) * 20 + e] = EXTREMES[e];
                }
            }
            return this;
        }

        Case run(ColumnKernel kernel) {
            kernel.forward(d, x, y, phi, STRIDE, forward, N);
            kernel.inverse(d, y, back, phi, STRIDE, inverse, N);
            kernel.forwardVjp(d, g, gLogDet, x, y, phi, STRIDE, N);
            return this;
        }
    }

    private static ColumnKernel vector(ScalarBijector map) {
        ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map), map.toString());
        Case c = new Case(map, 0, 1);
        Compiled.run(() -> c.run(kernel));
        return kernel;
    }

    @ParameterizedTest
    @MethodSource("maps")
    void everyLaneEqualsTheScalarForm(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        for (int seed = 1; seed < 20; seed++) {
            check(new Case(map, seed, 0.7).extreme(false).run(kernel));
        }
    }

    private static void check(Case c) {
        float[] gradients = new float[c.d.length];
        Lane lane = new Lane(c.d, gradients, STRIDE);
        for (int i = 0; i < N; i++) {
            float x = c.d[c.x + i];
            lane.at(c.phi + i);
            float y = c.map.forward(x, lane);
            double logDerivative = lane.logDerivative();
            double slope = Math.exp(logDerivative);
            double steepness = Math.abs(c.map.forwardVjp(x, 0, 1, lane));
            String where = c.map + " at " + x + ", lane " + i;
            double size = 1 + (Float.isNaN(x) ? 0 : Math.abs(x));
            close(y, c.d[c.y + i], size * (1 + slope), "y " + where);
            close(logDerivative, c.forward[i], 1 + steepness * size, "log f′ " + where);
            float back = c.map.inverse(c.d[c.y + i], lane);
            close(back, c.d[c.back + i], size * (1 + 1 / slope), "x " + where);
            // y may lie on the other side of a knot, where log f′ jumps if the map is linear in pieces
            double reach = TOLERANCE * size * (1 + slope);
            c.map.inverse((float) (c.d[c.y + i] - reach), lane);
            double below = lane.logDerivative();
            c.map.inverse((float) (c.d[c.y + i] + reach), lane);
            double above = lane.logDerivative();
            double nearest = Math.max(Math.min(below, above), Math.min(Math.max(below, above), c.inverse[i]));
            close(nearest, c.inverse[i], 1 + steepness * size * (1 + 1 / slope), "log f′ back " + where);
            float gY = c.g[c.y + i];
            float gX = c.map.forwardVjp(x, gY, c.gLogDet[i], lane);
            double gSize = 1 + slope * (1 + steepness) + steepness * (1 + steepness);
            close(gX, c.g[c.x + i], 4 * gSize, "gX " + where);
            for (int k = 0; k < c.parameters; k++) {
                int at = c.phi + k * STRIDE + i;
                close(gradients[at], c.g[at], 4 * gSize + Math.abs(gradients[at]), "gradient " + k + " " + where);
            }
        }
    }

    private static void close(double expected, double actual, double size, String what) {
        if (Double.compare(expected, actual) != 0) {
            assertEquals(expected, actual, Double.isFinite(size) ? TOLERANCE * size : 0, what);
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void zeroParametersAreTheIdentityToTheLastBit(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        Case c = new Case(map, 21, 0).extreme(false).run(kernel);
        for (int i = 0; i < N; i++) {
            assertEquals(c.d[c.x + i] + 0f, c.d[c.y + i] + 0f); // either zero
            assertEquals(c.d[c.x + i] + 0f, c.d[c.back + i] + 0f);
            if (!Float.isNaN(c.d[c.x + i])) {
                assertEquals(0, c.forward[i]);
                assertEquals(0, c.inverse[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void nanShowsAndEverythingElseIsFinite(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        Case c = new Case(map, 22, 3).extreme(true).run(kernel);
        for (int i = 0; i < N; i++) {
            boolean nan = Float.isNaN(c.d[c.x + i]);
            for (int k = 0; k < c.parameters; k++) {
                nan |= Float.isNaN(c.d[c.phi + k * STRIDE + i]);
            }
            String where = map + ", lane " + i;
            assertEquals(nan, Float.isNaN(c.d[c.y + i]) || Double.isNaN(c.forward[i]), where);
            assertEquals(nan, Float.isNaN(c.d[c.back + i]) || Double.isNaN(c.inverse[i]), where);
            if (!nan) {
                assertTrue(Double.isFinite(c.forward[i]) && Double.isFinite(c.inverse[i]), where);
                assertTrue(Float.isFinite(c.g[c.x + i]), where);
                for (int k = 0; k < c.parameters; k++) {
                    assertTrue(Float.isFinite(c.g[c.phi + k * STRIDE + i]), where);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void firstCallGivesTheBitsOfTheCompiledOne(ScalarBijector map) {
        Case first = new Case(map, 23, 1).extreme(true);
        first.run(Objects.requireNonNull(new VectorKernels().column(map)));
        Case compiled = new Case(map, 23, 1).extreme(true).run(vector(map));
        assertArrayEquals(first.d, compiled.d);
        assertArrayEquals(first.g, compiled.g);
        assertArrayEquals(first.forward, compiled.forward);
        assertArrayEquals(first.inverse, compiled.inverse);
    }
}
