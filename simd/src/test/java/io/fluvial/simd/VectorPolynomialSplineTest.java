package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.CubicSpline;
import io.fluvial.scalar.LinearRationalSpline;
import io.fluvial.scalar.LinearSpline;
import io.fluvial.scalar.QuadraticSpline;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Vector columns of the splines of polynomials and of linear fractions against the scalar maps, lane by lane.
class VectorPolynomialSplineTest {

    private static final int N = 272;
    private static final int STRIDE = N + 5;

    /// Exponentials and sums of shares lose a few units of 2⁻²⁴; a place in the box is known to bound · 2⁻²³, which
    /// slopes of up to ten carry on.
    private static final double TOLERANCE = 64 * 0x1p-23;

    private static final float[] EXTREMES = {
        0f, -0f, Float.NaN, 3f, -3f, 3.0000002f, -3.0000002f, 2.9999998f, 1e30f, -1e30f, 50f, -50f, 1e-30f
    };

    /// Knots in x and y that agree at φ = 0, but not to the last bit, since they are summed from different minima.
    private static final ScalarBijector UNEQUAL = new LinearRationalSpline(5, 3, 0.1, 0.05, 0.2, 0.1);

    static List<ScalarBijector> maps() {
        return List.of(
                LinearSpline.of(8, 3),
                LinearSpline.of(2, 0.7),
                new LinearSpline(5, 3, 0.1),
                QuadraticSpline.of(8, 3),
                QuadraticSpline.of(2, 0.7),
                new QuadraticSpline(5, 3, 0.1, 0.2),
                CubicSpline.of(8, 3),
                CubicSpline.of(2, 0.7),
                new CubicSpline(5, 3, 0.1, 0.2),
                new CubicSpline(3, 3, 0.01, 0.8),
                LinearRationalSpline.of(8, 3),
                LinearRationalSpline.of(2, 0.7),
                new LinearRationalSpline(5, 3, 0.1, 0.1, 0.2, 0.1),
                UNEQUAL);
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
        Compiled.run(
                () -> kernel.forward(c.d, c.x, c.y, c.phi, STRIDE, c.forward, N),
                () -> kernel.inverse(c.d, c.y, c.back, c.phi, STRIDE, c.inverse, N),
                () -> kernel.forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, N));
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

    static List<ScalarBijector> identities() {
        return maps().stream().filter(map -> !map.equals(UNEQUAL)).toList();
    }

    @ParameterizedTest
    @MethodSource("identities")
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

    /// At φ = 0 knots stand evenly; a lane each side of one uses other rows of φ, but the map hardly differs.
    @ParameterizedTest
    @MethodSource("maps")
    void pointsOnKnotsEqualTheScalarForm(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        Case c = new Case(map, 24, 0);
        for (int i = 0; i < N; i++) {
            float knot = -3 + 6 * (i % 9) / 8f; // all but the outer ones exact, of 8 bins and of 2
            c.d[c.x + i] = i < 90 ? knot : i < 180 ? Math.nextUp(knot) : Math.nextDown(knot);
            c.g[c.y + i] = 1;
            c.gLogDet[i] = 0; // ∂log f′/∂φ jumps at knots
        }
        c.run(kernel);
        Lane lane = new Lane(c.d, new float[c.d.length], STRIDE);
        for (int i = 0; i < N; i++) {
            float x = c.d[c.x + i];
            float y = map.forward(x, lane.at(c.phi + i));
            assertEquals(y, c.d[c.y + i], TOLERANCE, map + " at " + x);
            assertEquals(lane.logDerivative(), c.forward[i], TOLERANCE, map + " at " + x);
            float gX = map.forwardVjp(x, 1, 0, lane);
            assertEquals(gX, c.g[c.x + i], TOLERANCE, map + " at " + x);
        }
    }

    /// Raw numbers of any size leave every result and gradient finite, inside, at the ends and outside.
    @ParameterizedTest
    @MethodSource("maps")
    void wildParametersGiveFiniteResults(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        float[] wild = {0, 1, -1, 12, -12, 60, -60, 1000, -1000, 1e15f, -1e15f, 1e30f, -1e30f, 3e38f, -3e38f};
        Random random = new Random(5);
        for (int trial = 0; trial < 20; trial++) {
            Case c = new Case(map, trial, 1);
            for (int i = 0; i < N; i++) {
                for (int k = 0; k < c.parameters; k++) {
                    c.d[c.phi + k * STRIDE + i] = wild[random.nextInt(wild.length)];
                }
            }
            c.run(kernel);
            for (int i = 0; i < N; i++) {
                String where = map + ", lane " + i + ", trial " + trial;
                assertTrue(Float.isFinite(c.d[c.y + i]) && Double.isFinite(c.forward[i]), where);
                assertTrue(Float.isFinite(c.d[c.back + i]) && Double.isFinite(c.inverse[i]), where);
                assertTrue(Float.isFinite(c.g[c.x + i]), where);
                for (int k = 0; k < c.parameters; k++) {
                    assertTrue(Float.isFinite(c.g[c.phi + k * STRIDE + i]), where + ", φ" + k);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void infinitiesPassTheTailsAndShowInParameters(ScalarBijector map) {
        ColumnKernel kernel = vector(map);
        for (int k = -1; k < map.parameterCount(); k++) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                Case c = new Case(map, 25, 1);
                for (int i = 0; i < N; i++) {
                    c.d[c.x + i] = i == 0 ? Float.NEGATIVE_INFINITY : i == 1 ? Float.POSITIVE_INFINITY : i % 9 - 4;
                    if (k >= 0) {
                        c.d[c.phi + k * STRIDE + i] = bad;
                    }
                }
                c.run(kernel);
                for (int i = 0; i < N; i++) {
                    if (k >= 0) {
                        boolean shows = Float.isNaN(c.d[c.y + i]) && Double.isNaN(c.forward[i]);
                        assertTrue(shows, map + ", φ" + k + " at " + c.d[c.x + i]);
                    } else if (i < 2) {
                        assertEquals(c.d[c.x + i], c.d[c.y + i], map.toString());
                        assertEquals(c.d[c.x + i], c.d[c.back + i], map.toString());
                        assertEquals(0, c.forward[i], map.toString());
                        assertEquals(c.g[c.y + i], c.g[c.x + i], map.toString());
                    }
                }
            }
        }
    }

    @Test
    void binsAsNarrowAsTheRoundingAreLeftToTheScalarKernel() {
        assertNull(new VectorKernels().column(new CubicSpline(8, 3, 1e-6, 1e-3)));
        assertNull(new VectorKernels().column(new CubicSpline(8, 1e30, 1e-3, 1e-3)));
        assertNull(new VectorKernels().column(new LinearRationalSpline(8, 3, 1e-6, 1e-3, 1e-3, 0.1)));
        assertNull(new VectorKernels().column(new LinearRationalSpline(8, 3, 1e-3, 1e-6, 1e-3, 0.1)));
        assertNull(new VectorKernels().column(new LinearRationalSpline(8, 3, 1e-3, 1e-3, 1e-9, 0.1)));
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
