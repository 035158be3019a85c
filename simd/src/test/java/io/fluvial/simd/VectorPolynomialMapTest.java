package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Bernstein;
import io.fluvial.scalar.LogScale;
import io.fluvial.scalar.PositiveIntegral;
import io.fluvial.scalar.SumOfSquares;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kernels of maps that are polynomials and integrals against the scalar maps, lane by lane:
/// middle, tails, the ends of boxes, and what is no number.
class VectorPolynomialMapTest {

    private static final int N = 272;
    private static final int STRIDE = N + 5;
    private static final int X = 3;
    private static final int Y = X + STRIDE;
    private static final int PHI = Y + STRIDE + 2;
    private static final double HALF_ULP = 0x1p-24;

    private static final float[] EXTREMES = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        1e30f,
        -1e30f,
        1e4f,
        -1e4f,
        1e-30f,
        20,
        -9,
        5,
        -5,
        Math.nextUp(5f),
        Math.nextDown(-5f),
        Math.nextDown(5f),
        Float.MAX_VALUE
    };

    static List<ScalarBijector> maps() {
        return List.of(
                Bernstein.of(4, 5),
                Bernstein.of(8, 0.1),
                Bernstein.of(16, 5),
                Bernstein.of(50, 3),
                new Bernstein(7, 5, new LogScale.Tanh(3)),
                new Bernstein(7, 5, new LogScale.SoftClip(4)),
                new Bernstein(7, 5, new LogScale.Sigmoid(0.01, 20)),
                SumOfSquares.of(1, 1),
                SumOfSquares.of(4, 3),
                new SumOfSquares(12, 2, 0.001),
                PositiveIntegral.of(1, 2, 5),
                PositiveIntegral.of(3, 3, 0.1),
                PositiveIntegral.of(8, 32, 5),
                PositiveIntegral.of(4, 33, 5),
                new PositiveIntegral(4, 16, 5, new LogScale.Tanh(3)));
    }

    /// How far apart the two may be in one lane. An infinite number says that anything may be.
    private static final class Bounds {
        double y;
        double log;
        double gX;
        double[] gPhi = {};
    }

    /// Rows x, y, then φ, at odd places; rows of g alike.
    private static final class Case {
        final ScalarBijector map;
        final int parameters;
        final float[] d;
        final float[] g;
        final float[] gLogDet = new float[N + 16];
        final double[] logDet = new double[N + 16];

        Case(ScalarBijector map, long seed, double spread) {
            this.map = map;
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
                d[X + i % N] *= 2;
            }
            for (int r = 0; r <= parameters; r++) {
                int row = r == 0 ? X : PHI + (r - 1) * STRIDE;
                for (int e = 0; e < EXTREMES.length; e++) {
                    d[row + (19 * r + e) % N] = EXTREMES[e];
                }
            }
        }

        double phi(int k, int i) {
            return d[PHI + k * STRIDE + i];
        }

        Bounds bounds(int i, double slope, double steepness, Lane lane) {
            return switch (map) {
                case Bernstein b -> bernstein(b, i, slope, steepness, lane);
                case SumOfSquares s -> sumOfSquares(s, i, slope, steepness);
                case PositiveIntegral p -> positiveIntegral(p, i, slope, steepness, lane);
                default -> throw new AssertionError(map);
            };
        }

        /// 5n roundings in a term of the basis, 20 in a slope and around.
        private Bounds bernstein(Bernstein b, int i, double slope, double steepness, Lane lane) {
            double unit = (5 * b.degree() + 20) * HALF_ULP;
            double rise = rise(b.bound(), i, lane);
            double past = Math.max(0, Math.abs(d[X + i]) - b.bound());
            double gY = Math.abs(g[Y + i]);
            double gLog = Math.abs(gLogDet[i]);
            Bounds bounds = new Bounds();
            bounds.y = unit * (rise + b.bound() + Math.abs(phi(0, i)) + past * slope);
            bounds.log = unit;
            // C − A of two sums that cancel, (1 − p) A + p C = f′, so that C + A ≤ |C − A| + 4 f′
            bounds.gX = unit * (gY * slope + 2 * gLog * (steepness + 2 * (b.degree() - 1) / b.bound()));
            bounds.gPhi = filled(parameters, unit * 2 * (gY * (rise + past * slope) + gLog));
            bounds.gPhi[0] = 0;
            return bounds;
        }

        /// See the derivation at the kernel.
        private Bounds sumOfSquares(SumOfSquares s, int i, double slope, double steepness) {
            int r = s.degree();
            double x = d[X + i];
            double u = Math.abs(x) / 4;
            double weight = (1 - s.minimum()) / s.terms();
            double horner = (2 * r + 4) * HALF_ULP;
            double unit = (128 * r + 20) * HALF_ULP;
            double gY = Math.abs(g[Y + i]);
            double gLog = Math.abs(gLogDet[i]);
            double bend = 0;
            Bounds bounds = new Bounds();
            bounds.gPhi = new double[parameters];
            for (int m = 0; m < s.terms(); m++) {
                double p = 0;
                double derivative = 0;
                double size = 0;
                double steepest = 0;
                for (int l = r; l >= 0; l--) {
                    double c = phi(1 + m * (r + 1) + l, i)
                            + (l == 0 ? 1 : l == 1 ? 0.5 * ((2 * m + 1.0) / s.terms() - 1) : 0);
                    derivative = derivative * x / 4 + p;
                    p = p * x / 4 + c;
                    steepest = steepest * u + size;
                    size = size * u + Math.abs(c);
                }
                bend += Math.abs(p) * steepest + size * Math.abs(derivative);
                for (int l = 0; l <= r; l++) {
                    double factor = 2 * weight * Math.pow(u, l);
                    bounds.gPhi[1 + m * (r + 1) + l] = factor
                            * (2 * horner * size * (gY * Math.abs(x) + gLog / slope)
                                    + unit * Math.abs(p) * gLog / slope);
                }
            }
            bounds.y = unit * (Math.abs(x) * slope + 1) + unit * Math.abs(d[Y + i]) + HALF_ULP * Math.abs(phi(0, i));
            bounds.log = unit;
            bounds.gX = unit * (gY * slope + gLog * steepness) + horner * gLog * weight * bend / slope;
            return bounds;
        }

        /// See the derivation at the kernel; 20 roundings in a scale and around.
        private Bounds positiveIntegral(PositiveIntegral p, int i, double slope, double steepness, Lane lane) {
            int units = p.units();
            double size = Math.abs(phi(1, i));
            for (int k = 0; k < units; k++) {
                double center = 0.5 * p.bound() * ((2 * k + 1.0) / units - 1);
                size += Math.abs(phi(2 + k, i))
                        * (Math.abs(1 + phi(2 + units + k, i)) * p.bound()
                                + Math.abs(phi(2 + 2 * units + k, i) - center)
                                + 4);
            }
            double unit = (2 * size + 20) * HALF_ULP;
            double x = d[X + i];
            double width = 2 * p.bound() / (p.nodes() - 1);
            double rise = rise(p.bound(), i, lane);
            double past = Math.max(0, Math.abs(x) - p.bound());
            double cell = Math.floor((Math.max(-p.bound(), Math.min(p.bound(), x)) + p.bound()) / width);
            map.forward((float) (cell * width - p.bound()), lane);
            double lower = Math.exp(lane.logDerivative());
            map.forward((float) ((cell + 1) * width - p.bound()), lane);
            double upper = Math.exp(lane.logDerivative());
            double place = (x + p.bound()) / width;
            double placeError = 2 * p.nodes() * HALF_ULP;
            double uneven = placeError * (lower + upper) / slope;
            double gY = Math.abs(g[Y + i]);
            double gLog = Math.abs(gLogDet[i]);
            double total = unit * (gY * (rise + past * slope) + gLog)
                    + placeError * gY * width * (lower + upper)
                    + gLog * uneven;
            Bounds bounds = new Bounds();
            bounds.y = unit * (rise + past * slope)
                    + placeError * slope * width
                    + HALF_ULP * (Math.abs(phi(0, i)) + Math.abs(d[Y + i]));
            bounds.log = unit + uneven;
            boolean kink = past < width && Math.abs(place - Math.rint(place)) <= placeError;
            bounds.gX = kink
                    ? Double.POSITIVE_INFINITY
                    : unit * (gY * slope + gLog * (lower + upper) / (width * slope))
                            + uneven * (gY * slope + gLog * steepness);
            bounds.gPhi = filled(parameters, total);
            bounds.gPhi[0] = 0;
            for (int k = 0; k < units; k++) {
                bounds.gPhi[2 + units + k] *= p.bound() * Math.abs(phi(2 + k, i));
                bounds.gPhi[2 + 2 * units + k] *= Math.abs(phi(2 + k, i));
            }
            return bounds;
        }

        /// f(B) − f(−B), without the shift, which might hide it.
        private double rise(double bound, int i, Lane lane) {
            float shift = d[PHI + i];
            d[PHI + i] = 0;
            double rise = (double) map.forward((float) bound, lane) - map.forward((float) -bound, lane);
            d[PHI + i] = shift;
            return rise;
        }

        private static double[] filled(int n, double value) {
            double[] all = new double[n];
            java.util.Arrays.fill(all, value);
            return all;
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
        for (int trial = 0; trial < 20; trial++) {
            double spread = 0.2 + 0.1 * trial;
            Case c = new Case(map, trial + 1, spread);
            Case e = new Case(map, trial + 1, spread);
            kernel.forward(c.d, X, Y, PHI, STRIDE, c.logDet, N);
            kernel.forwardVjp(c.d, c.g, c.gLogDet, X, Y, PHI, STRIDE, N);
            Lane lane = new Lane(e.d, e.g, STRIDE);
            for (int i = 0; i < N; i++) {
                check(e, c, i, lane, map + ", trial " + trial + ", lane " + i + ", x = " + e.d[X + i]);
            }
            for (int i = N; i < STRIDE; i++) {
                assertEquals(e.d[Y + i], c.d[Y + i], "lanes past n are left alone");
            }
        }
    }

    private static void check(Case e, Case c, int i, Lane lane, String where) {
        ScalarBijector map = e.map;
        e.d[Y + i] = map.forward(e.d[X + i], lane.at(PHI + i));
        double logDerivative = lane.logDerivative();
        double steepness = Math.abs(map.forwardVjp(e.d[X + i], 0, 1, lane));
        Bounds bounds = e.bounds(i, Math.exp(logDerivative), steepness, lane);
        float gX = map.forwardVjp(e.d[X + i], e.g[Y + i], e.gLogDet[i], lane);
        assertClose(e.d[Y + i], c.d[Y + i], bounds.y, where + ": y");
        assertClose(logDerivative, c.logDet[i], bounds.log + HALF_ULP * Math.abs(logDerivative), where + ": log f′");
        if (bounds.gX < Double.POSITIVE_INFINITY) {
            assertClose(gX, c.g[X + i], bounds.gX + HALF_ULP * Math.abs(gX), where + ": gX");
        }
        for (int k = 0; k < e.parameters; k++) {
            double expected = e.g[PHI + k * STRIDE + i];
            double tolerance = bounds.gPhi[k] + HALF_ULP * Math.abs(expected) + Float.MIN_NORMAL; // underflow
            assertClose(expected, c.g[PHI + k * STRIDE + i], tolerance, where + ": gφ" + k);
        }
    }

    private static void assertClose(double expected, double actual, double tolerance, String what) {
        if (Double.compare(expected, actual) == 0) {
            return;
        }
        assertTrue(
                Math.abs(expected - actual) <= tolerance && tolerance < Double.POSITIVE_INFINITY,
                () -> what + ": expected " + expected + " ± " + tolerance + ", got " + actual);
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

    /// A kernel that left all lanes to the scalar map would pass every other test.
    @ParameterizedTest
    @MethodSource("maps")
    void ordinaryLanesDoNotFallBack(ScalarBijector map) {
        Random random = new Random(1);
        float[] d = new float[PHI + map.parameterCount() * STRIDE];
        for (int i = 0; i < d.length; i++) {
            d[i] = (float) random.nextGaussian();
        }
        ColumnKernel kernel = Objects.requireNonNull(new VectorKernels().column(map));
        kernel.forward(d, X, Y, PHI, STRIDE, new double[N], 64);
        int trusted = switch (kernel) {
            case VectorBernstein k -> k.trusted();
            case VectorSumOfSquares k -> k.trusted();
            case VectorPositiveIntegral k -> k.trusted();
            default -> 0;
        };
        assertTrue(trusted >= 62, () -> trusted + " of 64 lanes");
    }

    @Test
    void optionsBeyondFloatAreLeftToTheScalarKernel() {
        assertNull(new VectorKernels().column(new Bernstein(8, 5, new LogScale.Tanh(100))));
        assertNull(new VectorKernels().column(Bernstein.of(8, 1e30)));
        assertNull(new VectorKernels().column(new SumOfSquares(2, 2, 1e-20)));
        assertNull(new VectorKernels().column(PositiveIntegral.of(2, 8, 1e-30)));
        assertNull(new VectorKernels().column(new PositiveIntegral(2, 8, 5, new LogScale.Softplus(1e-20))));
    }

    /// Exact up to degree 2n − 1: here ∫₀¹ t^k = 1 / (k + 1).
    @Test
    void quadratureIsExactForPolynomials() {
        for (int n = 2; n <= 13; n++) {
            GaussLegendre rule = new GaussLegendre(n);
            for (int k = 0; k < 2 * n; k++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += rule.weight(j) * Math.pow(rule.node(j), k);
                }
                // weights are off by a few n roundings, from the recurrence of length n
                assertEquals(1.0 / (k + 1), sum, 8 * n * 0x1p-53, n + " nodes, degree " + k);
            }
        }
    }
}
