package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Lane;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Tails;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vector spline against the scalar one, lane by lane.
class VectorSplineTest {

    private static final int N = 272; // two chunks and a part
    private static final int STRIDE = N + 5;
    private static final double ULP = 0x1p-24;

    /// How far x may seem to be off: a knot is a sum of up to K shares, then x − Xₖ, each rounded
    /// relative to the box.
    private static final double SHIFT = 12 * ULP;

    /// Roundings relative to the result: exp 3 ulp, softplus 5, some forty operations of which few
    /// add up.
    private static final double ROUNDINGS = 40 * ULP;

    private static final float[] EXTREMES = {
        0f, -0f, 3f, -3f, Math.nextUp(3f), Math.nextDown(-3f), 1e30f, -1e30f, 1e4f, -1e4f, 1e37f, 1e-30f
    };

    static List<RationalQuadraticSpline> maps() {
        return List.of(
                RationalQuadraticSpline.of(8, 3),
                RationalQuadraticSpline.of(1, 3),
                RationalQuadraticSpline.of(2, 3).withMinima(0.1, 0.2, 0.3),
                RationalQuadraticSpline.bounded(5, 3),
                RationalQuadraticSpline.bounded(1, 3),
                RationalQuadraticSpline.of(6, 3).withTails(Tails.CIRCULAR),
                RationalQuadraticSpline.of(1, 3).withTails(Tails.CIRCULAR),
                RationalQuadraticSpline.affine(8, 3),
                RationalQuadraticSpline.affine(1, 3));
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

        Case(RationalQuadraticSpline map, long seed) {
            parameters = map.parameterCount();
            Random random = new Random(seed);
            d = new float[phi + parameters * STRIDE + 9];
            g = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) ((i < phi ? 2 : 0.7) * random.nextGaussian());
                g[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < logDet.length; i++) {
                gLogDet[i] = (float) random.nextGaussian();
            }
        }

        Case with(float... values) {
            System.arraycopy(values, 0, d, x + 20, values.length);
            System.arraycopy(values, 0, d, y + 20, values.length);
            return this;
        }
    }

    /// The kernel, compiled.
    private static ColumnKernel vector(RationalQuadraticSpline map) {
        ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map), map.toString());
        Case c = new Case(map, 0);
        Compiled.run(
                () -> kernel.forward(c.d, c.x, c.y, c.phi, STRIDE, c.logDet, N),
                () -> kernel.inverse(c.d, c.y, c.x, c.phi, STRIDE, c.logDet, N),
                () -> kernel.forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, N));
        return kernel;
    }

    /// Half the size of the box as x sees it; a learned one is at most e³ᐟ² larger at these φ.
    private static double box(RationalQuadraticSpline map) {
        return map.bound() * (map.tails() == Tails.AFFINE ? Math.exp(1.5) : 1);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void forwardEqualsScalar(RationalQuadraticSpline map) {
        Case c = new Case(map, 1).with(EXTREMES);
        vector(map).forward(c.d, c.x, c.y, c.phi, STRIDE, c.logDet, N);
        Lane lane = new Lane(c.d, c.g, STRIDE);
        for (int i = 0; i < N; i++) {
            float x = c.d[c.x + i];
            float y = map.forward(x, lane.at(c.phi + i));
            double log = lane.logDerivative();
            double shift = SHIFT * (box(map) + Math.abs(x));
            double bend = Math.abs(map.forwardVjp(x, 0, 1, lane.at(c.phi + i)));
            String where = map + " at " + x + ", lane " + i;
            double slope = log == Double.NEGATIVE_INFINITY ? 0 : Math.exp(log);
            double tolerance = ROUNDINGS * (box(map) + Math.abs(y)) + shift * slope;
            assertEquals(y, c.d[c.y + i], Double.isInfinite(tolerance) ? 0 : tolerance, where);
            assertEquals(log, c.logDet[i], log == Double.NEGATIVE_INFINITY ? 0 : ROUNDINGS + shift * bend * 2, where);
        }
        assertEquals(0.0, c.logDet[N], "lanes past n are left alone");
    }

    @ParameterizedTest
    @MethodSource("maps")
    void inverseEqualsScalar(RationalQuadraticSpline map) {
        Case c = new Case(map, 2).with(EXTREMES);
        vector(map).inverse(c.d, c.y, c.x, c.phi, STRIDE, c.logDet, N);
        Lane lane = new Lane(c.d, c.g, STRIDE);
        for (int i = 0; i < N; i++) {
            float y = c.d[c.y + i];
            float x = map.inverse(y, lane.at(c.phi + i));
            double log = lane.logDerivative();
            double bend = Math.abs(map.forwardVjp(x, 0, 1, lane.at(c.phi + i)));
            double shift = SHIFT * (box(map) + Math.abs(y)) * (1 + (Double.isInfinite(log) ? 0 : Math.exp(-log)));
            String where = map + " at " + y + ", lane " + i;
            double tolerance = ROUNDINGS * (box(map) + Math.abs(x)) + shift;
            assertEquals(x, c.d[c.x + i], Double.isInfinite(tolerance) ? 0 : tolerance, where);
            assertEquals(log, c.logDet[i], Double.isInfinite(log) ? 0 : ROUNDINGS + shift * bend * 2, where);
        }
    }

    /// Gradients of the scalar map at x moved by the shift either way show how much of the
    /// difference that explains.
    @ParameterizedTest
    @MethodSource("maps")
    void pullbackEqualsScalar(RationalQuadraticSpline map) {
        Case c = new Case(map, 3).with(EXTREMES);
        float[] d = c.d.clone();
        float[] start = c.g.clone();
        vector(map).forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, N);
        assertArrayEquals(d, c.d, "x, y and φ are only read");
        float[] expected = new float[start.length];
        float[] moved = new float[start.length];
        Lane lane = new Lane(c.d, expected, STRIDE);
        Lane near = new Lane(c.d, moved, STRIDE);
        for (int i = 0; i < N; i++) {
            float x = c.d[c.x + i];
            float gY = start[c.y + i];
            float gL = c.gLogDet[i];
            float gX = map.forwardVjp(x, gY, gL, lane.at(c.phi + i));
            float shift = (float) (SHIFT * (box(map) + Math.abs(x)));
            float[] up = new float[map.parameterCount()];
            float gXUp = map.forwardVjp(x + shift, gY, gL, near.at(c.phi + i));
            for (int k = 0; k < up.length; k++) {
                up[k] = moved[c.phi + k * STRIDE + i];
            }
            float gXDown = map.forwardVjp(x - shift, gY, gL, near.at(c.phi + i));
            // sums of terms of the size of their cotangents
            double size = box(map) * (Math.abs(gY) + Math.abs(gX)) + Math.abs(gL);
            size += map.tails() == Tails.AFFINE ? Math.abs(x) * Math.abs(gX) : 0;
            String where = map + " at " + x + ", lane " + i;
            double inX = Math.abs(gXUp - gX) + Math.abs(gXDown - gX);
            assertEquals(gX, c.g[c.x + i], 2 * inX + ROUNDINGS * (Math.abs(gX) + size), where);
            for (int k = 0; k < up.length; k++) {
                float wanted = expected[c.phi + k * STRIDE + i];
                double inPhi = Math.abs(up[k] - wanted) + Math.abs(moved[c.phi + k * STRIDE + i] - wanted);
                double tolerance = 2 * inPhi + ROUNDINGS * (Math.abs(wanted) + size);
                assertEquals(wanted, c.g[c.phi + k * STRIDE + i], tolerance, where + ", φ" + k);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void notANumberStaysSo(RationalQuadraticSpline map) {
        ColumnKernel kernel = vector(map);
        for (int k = -1; k < map.parameterCount(); k++) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                Case c = new Case(map, 4);
                for (int i = 0; i < 16; i++) {
                    if (k >= 0) {
                        c.d[c.phi + k * STRIDE + i] = bad;
                        c.d[c.x + i] = i - 8; // inside and outside
                    } else {
                        c.d[c.x + i] = Float.NaN;
                    }
                }
                c.logDet[20] = Double.NaN; // of others
                kernel.forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, 16);
                kernel.forward(c.d, c.x, c.y, c.phi, STRIDE, c.logDet, 16);
                for (int i = 0; i < 16; i++) {
                    assertTrue(Float.isNaN(c.d[c.y + i]) && Double.isNaN(c.logDet[i]), map + ", φ" + k);
                    assertTrue(Float.isNaN(c.g[c.x + i]), map + ", φ" + k);
                    c.d[c.y + i] = k < 0 ? Float.NaN : i - 8;
                    c.logDet[i] = 0;
                }
                kernel.inverse(c.d, c.y, c.x, c.phi, STRIDE, c.logDet, 16);
                for (int i = 0; i < 16; i++) {
                    assertTrue(Float.isNaN(c.d[c.x + i]) && Double.isNaN(c.logDet[i]), map + ", φ" + k);
                }
            }
        }
    }

    /// Wild but finite φ: nothing overflows on the way, inside, at the ends and outside.
    @ParameterizedTest
    @MethodSource("maps")
    void finiteNumbersGiveFiniteResults(RationalQuadraticSpline map) {
        ColumnKernel kernel = vector(map);
        Random random = new Random(5);
        float[] wild = {0, 1, -1, 12, -12, 60, -60, 1000, -1000, 1e15f, -1e15f, 1e30f, -1e30f};
        int spline = map.parameterCount() - (map.tails() == Tails.AFFINE ? 4 : 0);
        for (int trial = 0; trial < 40; trial++) {
            Case c = new Case(map, trial);
            for (int i = 0; i < N; i++) {
                for (int k = 0; k < spline; k++) {
                    c.d[c.phi + k * STRIDE + i] = wild[random.nextInt(wild.length)];
                }
            }
            c.with(3f, -3f, 1e30f, -1e30f, 0f);
            kernel.forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, N);
            kernel.inverse(c.d, c.y, c.x, c.phi, STRIDE, c.logDet, N);
            kernel.forward(c.d, c.x, c.y, c.phi, STRIDE, c.logDet, N);
            for (int i = 0; i < N; i++) {
                assertTrue(Float.isFinite(c.d[c.x + i]) && Float.isFinite(c.d[c.y + i]), map + " " + i);
                assertTrue(!Double.isNaN(c.logDet[i]) || map.tails() == Tails.NONE || map.tails() == Tails.CIRCULAR);
                assertTrue(!Float.isNaN(c.g[c.x + i]), map + " gX of lane " + i);
                for (int k = 0; k < map.parameterCount(); k++) {
                    assertTrue(!Float.isNaN(c.g[c.phi + k * STRIDE + i]), map + " g of φ" + k + ", lane " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void interpretedAndCompiledGiveTheSameBits(RationalQuadraticSpline map) {
        ColumnKernel cold = Objects.requireNonNull(new VectorKernels().column(map));
        Case first = walked(cold, map);
        Case later = walked(vector(map), map);
        assertArrayEquals(first.d, later.d);
        assertArrayEquals(first.g, later.g);
        assertArrayEquals(first.logDet, later.logDet);
    }

    private static Case walked(ColumnKernel kernel, RationalQuadraticSpline map) {
        Case c = new Case(map, 6).with(EXTREMES);
        kernel.forward(c.d, c.x, c.y, c.phi, STRIDE, c.logDet, N);
        kernel.inverse(c.d, c.y, c.x, c.phi, STRIDE, c.logDet, N);
        kernel.forwardVjp(c.d, c.g, c.gLogDet, c.x, c.y, c.phi, STRIDE, N);
        return c;
    }

    @Test
    void binsAsNarrowAsTheRoundingAreLeftToTheScalarKernel() {
        RationalQuadraticSpline map = RationalQuadraticSpline.of(8, 3);
        assertNotNull(new VectorKernels().column(map));
        assertNull(new VectorKernels().column(map.withMinima(1e-6, 1e-3, 1e-3)));
        assertNull(new VectorKernels().column(map.withMinima(1e-3, 1e-6, 1e-3)));
    }
}
