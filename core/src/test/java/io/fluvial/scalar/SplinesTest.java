package io.fluvial.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Golden;
import io.fluvial.ScalarBijector;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Splines where they are delicate: values in high precision, knots, the ends of the box, extreme
/// parameters.
class SplinesTest {

    private static final float BOUND = 3;

    static Stream<ScalarBijector> splines() {
        return Stream.of(
                LinearSpline.of(5, BOUND),
                QuadraticSpline.of(5, BOUND),
                CubicSpline.of(5, BOUND),
                LinearRationalSpline.of(5, BOUND));
    }

    /// Those whose slope is continuous.
    static Stream<ScalarBijector> smoothSplines() {
        return splines().skip(1);
    }

    private static float[] random(ScalarBijector map, SplittableRandom random, double scale) {
        float[] phi = new float[map.parameterCount()];
        for (int k = 0; k < phi.length; k++) {
            phi[k] = (float) (scale * random.nextGaussian());
        }
        return phi;
    }

    static Stream<Arguments> golden() {
        return Stream.of("linear", "quadratic", "cubic", "linear-rational")
                .map(name -> Arguments.of(
                        name + "-spline.csv",
                        splines()
                                .filter(map -> map.getClass()
                                        .getSimpleName()
                                        .equalsIgnoreCase(name.replace("-", "") + "Spline"))
                                .findFirst()
                                .orElseThrow()));
    }

    /// y is rounded once to float; before that, sums of a few bins in double and quotients of
    /// slopes up to 10³ lose 10⁻¹² at most.
    @ParameterizedTest
    @MethodSource("golden")
    void valuesAgreeWithHighPrecision(String file, ScalarBijector map) {
        for (double[] row : Golden.rows(file)) {
            float[] phi = new float[map.parameterCount()];
            for (int k = 0; k < phi.length; k++) {
                phi[k] = (float) row[1 + k];
            }
            OneLane lane = new OneLane(map, phi);
            double y = row[row.length - 2];
            double logDerivative = row[row.length - 1];
            float forward = lane.forward((float) row[0]);
            assertEquals(y, forward, 0.5 * Math.ulp((float) y) + 1e-12, () -> file + " at " + row[0]);
            assertEquals(logDerivative, lane.logDerivative(), 1e-11, () -> file + " at " + row[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("splines")
    void zeroParametersAreTheIdentityToTheLastBit(ScalarBijector map) {
        OneLane lane = new OneLane(map, new float[map.parameterCount()]);
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 10_000; trial++) {
            float x = (float) (random.nextGaussian() * Math.exp(-3 * random.nextDouble(4)));
            assertEquals(x, lane.forward(x));
            assertEquals(0, lane.logDerivative());
            assertEquals(x, lane.inverse(x));
            assertEquals(0, lane.logDerivative());
            assertEquals(1.7f, lane.forwardVjp(x, 1.7f, 0));
        }
        for (float x : new float[] {0, 1e-30f, -1e-30f, 0.6f, -0.6f, 1.8f, BOUND, -BOUND}) {
            assertEquals(x, lane.forward(x));
            assertEquals(x, lane.inverse(x));
        }
    }

    @ParameterizedTest
    @MethodSource("splines")
    void tailsAreTheIdentity(ScalarBijector map) {
        OneLane lane = new OneLane(map, random(map, new SplittableRandom(2), 3));
        for (float far : new float[] {Math.nextUp(BOUND), 4, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            for (float x : new float[] {far, -far}) {
                assertEquals(x, lane.forward(x));
                assertEquals(0, lane.logDerivative());
                assertEquals(x, lane.inverse(x));
                assertEquals(0, lane.logDerivative());
                assertEquals(2.5f, lane.forwardVjp(x, 2.5f, 7));
                for (int k = 0; k < map.parameterCount(); k++) {
                    assertEquals(0, lane.gradient(k));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("splines")
    void endsOfTheBoxStayWhereTheyAre(ScalarBijector map) {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 300; trial++) {
            OneLane lane = new OneLane(map, random(map, random, 0.2 * trial));
            for (float end : new float[] {BOUND, -BOUND}) {
                assertEquals(end, lane.forward(end));
                assertEquals(end, lane.inverse(end));
            }
        }
    }

    /// One float inside, log f′ has moved by a float's distance (2.4e-7) times its own derivative.
    @ParameterizedTest
    @MethodSource("smoothSplines")
    void slopeIsOneAtTheEndsOfTheBox(ScalarBijector map) {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 300; trial++) {
            OneLane lane = new OneLane(map, random(map, random, 0.01 * trial));
            for (float end : new float[] {BOUND, -BOUND}) {
                lane.forward(end);
                assertEquals(0, lane.logDerivative(), 1e-9);
                double steepness = Math.abs(lane.forwardVjp(end, 0, 1));
                lane.forward((float) (end * (1 - 0x1p-23)));
                assertEquals(0, lane.logDerivative(), 1e-6 * (1 + steepness));
            }
        }
    }

    @Test
    void slopeOfTheLinearSplineJumpsAtTheEndsOfTheBox() {
        OneLane lane = new OneLane(new LinearSpline(2, 1, 0.1), 0, (float) Math.log(3));
        lane.forward(-1);
        // heights 0.1 + 0.8 · ¼ and 0.1 + 0.8 · ¾, of widths ½
        assertEquals(Math.log(0.6), lane.logDerivative(), 1e-7);
        lane.forward(1);
        assertEquals(Math.log(1.4), lane.logDerivative(), 1e-7);
        assertEquals(-0.4f, lane.forward(0), 1e-7);
        assertEquals(Math.log(1.4), lane.logDerivative(), 1e-7, "a knot counts to the bin above");
    }

    /// A walk in small steps, over which log f′ moves no more than its own derivative lets it.
    @ParameterizedTest
    @MethodSource("smoothSplines")
    void slopeIsContinuous(ScalarBijector map) {
        OneLane lane = new OneLane(map, random(map, new SplittableRandom(5), 1));
        int steps = 1 << 16;
        double before = 0;
        float x = -BOUND;
        for (int k = 0; k <= steps; k++) {
            float next = (float) (-BOUND + 2.0 * BOUND * k / steps);
            lane.forward(next);
            double steepness = Math.max(Math.abs(lane.forwardVjp(next, 0, 1)), Math.abs(lane.forwardVjp(x, 0, 1)));
            // a second derivative that jumps lies between its one-sided values; twice for its
            // change within a step
            assertEquals(before, lane.logDerivative(), 2 * steepness * (next - x) + 1e-9, "at " + next);
            lane.forward(next);
            before = lane.logDerivative();
            x = next;
        }
    }

    /// Any parameters: finite results, monotone, and the inverse finds x.
    @ParameterizedTest
    @MethodSource("splines")
    void extremeParametersKeepEverythingFinite(ScalarBijector map) {
        SplittableRandom random = new SplittableRandom(6);
        float[] extremes = {0, 1, -1, 50, -50, 1e4f, -1e4f, 1e30f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int trial = 0; trial < 2000; trial++) {
            float[] phi = new float[map.parameterCount()];
            for (int k = 0; k < phi.length; k++) {
                phi[k] = extremes[random.nextInt(extremes.length)];
            }
            OneLane lane = new OneLane(map, phi);
            float last = -BOUND;
            for (int k = 0; k <= 40; k++) {
                float x = (float) (-BOUND + 2.0 * BOUND * k / 40);
                float y = lane.forward(x);
                double logDerivative = lane.logDerivative();
                String where = map + " " + Arrays.toString(phi) + " at " + x;
                assertTrue(y >= last && y <= BOUND, where);
                last = y;
                // slopes at knots reach 4.9e38, log 89; between two of them (s / m)² with s > 1e-3,
                // log −103
                assertTrue(Math.abs(logDerivative) < 104, where);
                float gX = lane.forwardVjp(x, 1, 1);
                assertTrue(Float.isFinite(gX), where);
                for (int j = 0; j < phi.length; j++) {
                    assertTrue(Float.isFinite(lane.gradient(j)), where + ", gradient " + j);
                }
                float back = lane.inverse(y);
                assertTrue(Float.isFinite(back) && Double.isFinite(lane.logDerivative()), where);
                // x is known to one float or a few roundings of bound in double, so y lies between
                // those of its neighbours, each off by half an ulp
                float below = Math.nextDown(back - 4e-15f);
                float above = Math.nextUp(back + 4e-15f);
                assertTrue(y >= lane.forward(below) - 0x1p-22, where + " found " + back);
                assertTrue(y <= lane.forward(above) + 0x1p-22, where + " found " + back);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("splines")
    void nanInAnyParameterShowsInsideAndOutside(ScalarBijector map) {
        for (int k = 0; k < map.parameterCount(); k++) {
            float[] phi = new float[map.parameterCount()];
            phi[k] = Float.NaN;
            OneLane lane = new OneLane(map, phi);
            for (float x : new float[] {-7, -BOUND, -2.9f, 0, 2.9f, BOUND, 7, Float.NaN}) {
                assertTrue(Float.isNaN(lane.forward(x)) && Double.isNaN(lane.logDerivative()), "forward at " + x);
                assertTrue(Float.isNaN(lane.inverse(x)) && Double.isNaN(lane.logDerivative()), "inverse at " + x);
            }
        }
    }

    /// Newton's method alone leaves [0, 1] or creeps where the slope nearly vanishes; 1e-13 is 500
    /// roundings of a cubic whose terms are at most 2 · top and cancel.
    @Test
    void rootOfACubicIsFoundWhereverTheSlopesAllow() {
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 100_000; trial++) {
            double top = Math.exp(random.nextDouble(-7, 7));
            double left = trial % 3 == 0 ? 2 * top : 2 * top * Math.pow(random.nextDouble(), 4);
            double right = trial % 5 == 0 ? 2 * top : 2 * top * Math.pow(random.nextDouble(), 4);
            double square = 3 * top - 2 * left - right;
            double cube = left + right - 2 * top;
            double p = top * (trial % 7 == 0 ? random.nextDouble() * 1e-12 : random.nextDouble());
            double t = CubicSpline.root(left, square, cube, p, top);
            assertTrue(t >= 0 && t <= 1);
            assertEquals(p, t * (left + t * (square + cube * t)), 1e-13 * top);
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("linear spline needs at least 2 bins, got 1", make(() -> LinearSpline.of(1, 3))),
                Arguments.of(
                        "quadratic spline needs a positive finite bound, got 0.0",
                        make(() -> QuadraticSpline.of(4, 0))),
                Arguments.of(
                        "cubic spline needs a positive finite bound, got NaN",
                        make(() -> CubicSpline.of(4, Double.NaN))),
                Arguments.of(
                        "linear spline needs 0 < minHeight < 1 / bins, got 0.25 and 4 bins",
                        make(() -> new LinearSpline(4, 3, 0.25))),
                Arguments.of(
                        "cubic spline needs 0 < minWidth < 1 / bins, got 0.0 and 4 bins",
                        make(() -> new CubicSpline(4, 3, 0, 0.1))),
                Arguments.of(
                        "quadratic spline needs 0 < minSlope < 1, got 1.0",
                        make(() -> new QuadraticSpline(4, 3, 0.1, 1))),
                Arguments.of(
                        "linear rational spline needs 0 < minLambda < 1/2, got 0.5",
                        make(() -> new LinearRationalSpline(4, 3, 0.1, 0.1, 0.1, 0.5))));
    }

    private static Runnable make(Runnable construction) {
        return construction;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void impossibleShapesAreRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }
}
