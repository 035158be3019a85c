package io.fluvial.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The spline against high precision, at the ends of its box and beyond, and where other implementations are known to
/// go wrong.
class RationalQuadraticSplineTest {

    private static final float MAX = Float.MAX_VALUE;

    static List<RationalQuadraticSpline> splines() {
        return Arrays.stream(Tails.values())
                .flatMap(tails -> List.of(1, 2, 8).stream()
                        .map(bins -> RationalQuadraticSpline.of(bins, 3).withTails(tails)))
                .toList();
    }

    private static float[] random(RationalQuadraticSpline map, double size, RandomGenerator random) {
        float[] phi = new float[map.parameterCount()];
        for (int k = 0; k < phi.length; k++) {
            phi[k] = (float) (size * random.nextGaussian());
        }
        return phi;
    }

    private static boolean onTheLine(RationalQuadraticSpline map) {
        return map.tails() == Tails.LINEAR || map.tails() == Tails.AFFINE;
    }

    // ---- values ----------------------------------------------------------------------------------------------------

    /// y is rounded once to float, after some ten roundings of a double of the size of the box. log f′ moves with
    /// t, which is off by 2⁻⁵² of the box over a width that is at least a thousandth of it, as are the heights.
    @ParameterizedTest
    @EnumSource(Tails.class)
    void valuesAgreeWithHighPrecision(Tails tails) {
        double bound = tails == Tails.CIRCULAR ? Math.PI : 3;
        RationalQuadraticSpline map = RationalQuadraticSpline.of(3, bound).withTails(tails);
        List<double[]> rows = Golden.rows("spline-" + tails.name().toLowerCase(java.util.Locale.ROOT) + ".csv");
        for (double[] row : rows) {
            assertEquals(map.parameterCount() + 3, row.length);
            float[] phi = new float[map.parameterCount()];
            for (int k = 0; k < phi.length; k++) {
                phi[k] = (float) row[1 + k];
            }
            OneLane lane = new OneLane(map, phi);
            double y = row[row.length - 2];
            double found = lane.forward((float) row[0]);
            String where = Arrays.toString(row);
            assertEquals(y, found, 0.5 * Math.ulp((float) y) + 1e-13, where);
            assertEquals(row[row.length - 1], lane.logDerivative(), 1e-10, where);
            float back = lane.inverse((float) y);
            // y carries half an ulp here and x half an ulp there
            double size = 0.5 * Math.ulp((float) y) * Math.exp(-row[row.length - 1]) + 0.5 * Math.ulp((float) row[0]);
            assertEquals(row[0], back, 4 * size, where);
        }
    }

    /// Where the widths, heights and slopes are as uneven as φ of size 5 makes them.
    @ParameterizedTest
    @MethodSource("splines")
    void roundTripHoldsForWildParameters(RationalQuadraticSpline map) {
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 2000; trial++) {
            OneLane lane = new OneLane(map, random(map, 5, random));
            float x = (float) (6 * random.nextDouble() - 3);
            float y = lane.forward(x);
            double slope = Math.exp(lane.logDerivative());
            assertTrue(slope > 0 && slope < Double.POSITIVE_INFINITY);
            float low = lane.inverse(Math.nextDown(y));
            float back = lane.inverse(y);
            float high = lane.inverse(Math.nextUp(y));
            // the inverse of the neighbours of y must enclose x: monotone to the last bit, whatever the slope
            assertTrue(low <= x && x <= high, () -> map + " at " + x + ": " + low + ", " + back + ", " + high);
            assertTrue(low <= back && back <= high);
        }
    }

    @ParameterizedTest
    @MethodSource("splines")
    void zeroParametersAreTheIdentityEverywhere(RationalQuadraticSpline map) {
        OneLane lane = new OneLane(map, new float[map.parameterCount()]);
        for (int i = -64; i <= 64; i++) { // bins of width 3/4 and 3: knots are hit, too
            float x = i * 3f / 64;
            assertEquals(x, lane.forward(x), 1e-15, () -> map + " at " + x);
            assertEquals(0, lane.logDerivative(), 1e-14, () -> map + " at " + x);
            assertEquals(x, lane.inverse(x), 1e-15, () -> map + " at " + x);
            assertEquals(0, lane.logDerivative(), 1e-14, () -> map + " at " + x);
        }
    }

    // ---- the ends of the box ---------------------------------------------------------------------------------------

    /// Slopes at the ends are exactly those outside: no kink at the start (nflows, whose padded constant is only
    /// about 1), none of 0.999 (pyro), none that is learned freely (FlowJAX).
    @ParameterizedTest
    @MethodSource("splines")
    void densityIsContinuousAcrossTheEndsOnTheLine(RationalQuadraticSpline map) {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200 && onTheLine(map); trial++) {
            float[] phi = random(map, trial == 0 ? 0 : 2, random);
            if (map.tails() == Tails.AFFINE) {
                Arrays.fill(phi, phi.length - 4, phi.length, 0f); // keep the box at ±3 to know where it ends
            }
            OneLane lane = new OneLane(map, phi);
            for (float end : new float[] {-3, 3}) {
                assertEquals(end, lane.forward(end), 0.0);
                // log f′ at the end itself, where t is 0 or 1: N (s / D)² = d, three roundings
                assertEquals(0, lane.logDerivative(), 1e-15);
                assertEquals(end, lane.inverse(end), 0.0);
                assertEquals(0, lane.logDerivative(), 1e-15);
                float outside = Math.nextUp(Math.abs(end)) * Math.signum(end);
                assertEquals(outside, lane.forward(outside), 0.0);
                assertEquals(0, lane.logDerivative(), 0.0);
            }
        }
    }

    /// The line outside is the diagonal of the box, wherever this is.
    @Test
    void affineTailsContinueTheDiagonal() {
        RationalQuadraticSpline map = RationalQuadraticSpline.affine(5, 2);
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 200; trial++) {
            float[] phi = random(map, 1, random);
            int box = phi.length - 4;
            double halfX = 2 * Math.exp(3 * Math.tanh(phi[box + 1] / 3.0));
            double halfY = 2 * Math.exp(3 * Math.tanh(phi[box + 3] / 3.0));
            OneLane lane = new OneLane(map, phi);
            for (double t : new double[] {-1000, -2, -1 - 1e-4, 1 + 1e-4, 3, 1000}) {
                float x = (float) (phi[box] + halfX * t);
                double y = phi[box + 2] + halfY * (x - (double) phi[box]) / halfX;
                assertEquals(y, lane.forward(x), Math.ulp((float) y), "at " + t);
                assertEquals(Math.log(halfY / halfX), lane.logDerivative(), 1e-14);
                assertEquals(x, lane.inverse((float) y), 2 * Math.ulp(x) + 2 * Math.ulp((float) y) * halfX / halfY);
            }
        }
    }

    @Test
    void slopesOfACircleAgreeAtItsSeam() {
        RationalQuadraticSpline map = RationalQuadraticSpline.circular(4);
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 200; trial++) {
            OneLane lane = new OneLane(map, random(map, 2, random));
            float end = (float) Math.PI;
            assertEquals(-end, lane.forward(-end), 0.0);
            double left = lane.logDerivative();
            assertEquals(end, lane.forward(end), 0.0);
            assertEquals(left, lane.logDerivative(), 1e-14);
        }
    }

    // ---- outside of the box ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("splines")
    void valuesOutsideAreKeptOrHaveNoDensity(RationalQuadraticSpline map) {
        SplittableRandom random = new SplittableRandom(6);
        float[] phi = random(map, 1, random);
        if (map.tails() == Tails.AFFINE) {
            Arrays.fill(phi, phi.length - 4, phi.length, 0f);
        }
        OneLane lane = new OneLane(map, phi);
        for (float size : new float[] {Math.nextUp(3f), 4, 1e30f, MAX, Float.POSITIVE_INFINITY}) {
            for (float x : new float[] {-size, size}) {
                // not collapsed to 0 with log f′ = 0 (normflows, circular)
                float y = onTheLine(map) ? x : Math.copySign(3, x);
                assertEquals(y, lane.forward(x), 0.0);
                assertEquals(onTheLine(map) ? 0 : Double.NEGATIVE_INFINITY, lane.logDerivative());
                assertEquals(y, lane.inverse(x), 0.0);
                assertEquals(onTheLine(map) ? 0 : Double.POSITIVE_INFINITY, lane.logDerivative());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("splines")
    void gradientsOutsideAreFinite(RationalQuadraticSpline map) {
        OneLane lane = new OneLane(map, random(map, 1, new SplittableRandom(7)));
        int spline = map.parameterCount() - (map.tails() == Tails.AFFINE ? 4 : 0);
        for (float x : new float[] {-1e30f, -200, 200, 1e30f}) {
            float gX = lane.forwardVjp(x, 1, 1);
            assertTrue(Float.isFinite(gX), () -> map + " at " + x);
            if (map.tails() != Tails.AFFINE) {
                assertEquals(onTheLine(map) ? 1 : 0, gX, 0.0);
            }
            for (int k = 0; k < map.parameterCount(); k++) {
                assertTrue(Float.isFinite(lane.gradient(k)));
                assertTrue(k >= spline || lane.gradient(k) == 0, () -> map + " at " + x);
            }
        }
    }

    /// The discriminant of the inverse is a sum of squares: no assertion to stop a batch (nflows),
    /// no clamp. At y on the knots and next to them, with slopes from 1e-3 to 40.
    @ParameterizedTest
    @MethodSource("splines")
    void inverseNeverTakesTheRootOfANegativeNumber(RationalQuadraticSpline map) {
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 500; trial++) {
            float[] phi = random(map, 12, random);
            for (int k = 2 * map.bins(); k < phi.length; k++) {
                phi[k] = random.nextBoolean() ? 40 : -40;
            }
            if (map.tails() == Tails.AFFINE) {
                Arrays.fill(phi, phi.length - 4, phi.length, 0f);
            }
            OneLane lane = new OneLane(map, phi);
            double knot = 0;
            double sum = 0;
            for (int k = 0; k < map.bins(); k++) {
                sum += Math.exp(phi[map.bins() + k]);
            }
            float before = -3;
            for (int k = 0; k < map.bins(); k++) {
                knot += 6 * (1e-3 + (1 - 1e-3 * map.bins()) * Math.exp(phi[map.bins() + k]) / sum);
                float y = (float) (k == map.bins() - 1 ? 3 : knot - 3);
                for (float at : new float[] {Math.nextDown(y), y, Math.min(3, Math.nextUp(y))}) {
                    float x = lane.inverse(at);
                    assertTrue(x >= before && x <= 3, () -> map + " at " + at);
                    assertTrue(Double.isFinite(lane.logDerivative()), () -> map + " at " + at);
                    before = x;
                }
            }
        }
    }

    // ---- gradients -------------------------------------------------------------------------------------------------

    /// In double, by differences of the formula of the paper written out in [#formula], away from the knots.
    @ParameterizedTest
    @MethodSource("splines")
    void pullbackIsTheSlopeOfTheFormula(RationalQuadraticSpline map) {
        SplittableRandom random = new SplittableRandom(9);
        for (int trial = 0; trial < 100; trial++) {
            float[] phi = random(map, 1, random);
            float x = (float) (8 * random.nextDouble() - 4);
            float gY = (float) random.nextGaussian();
            float gLogDet = (float) random.nextGaussian();
            OneLane lane = new OneLane(map, phi);
            float gX = lane.forwardVjp(x, gY, gLogDet);
            if (!onTheLine(map) && Math.abs(x) > 3) {
                assertEquals(0, gX, 0.0);
                continue;
            }
            double[] at = new double[phi.length + 1];
            at[0] = x;
            for (int k = 0; k < phi.length; k++) {
                at[1 + k] = phi[k];
            }
            for (int k = 0; k < at.length; k++) {
                double h = 1e-5;
                double[] f = new double[3];
                int bin = -2;
                boolean across = false;
                for (int j = 0; j < 3; j++) {
                    double[] moved = at.clone();
                    moved[k] += (j - 1) * h;
                    double[] image = formula(map, moved);
                    f[j] = gY * image[0] + gLogDet * image[1];
                    across |= j > 0 && bin != (int) image[2];
                    bin = (int) image[2];
                }
                double slope = (f[2] - f[0]) / (2 * h);
                double found = k == 0 ? gX : lane.gradient(k - 1);
                // truncation h² f‴ / 6 with f‴ up to 1e4, rounding 1e-15 / h, one rounding of the result to float
                double tolerance = 1e-6 * (1 + Math.abs(slope)) + Math.ulp((float) slope);
                if (!across) {
                    assertEquals(slope, found, tolerance, map + " at " + Arrays.toString(at) + ", number " + k);
                }
            }
        }
    }

    /// x, φ to y, log f′ and the bin, −1 outside: eq. 4–5 of Durkan et al.
    private static double[] formula(RationalQuadraticSpline map, double[] at) {
        int bins = map.bins();
        if (map.tails() == Tails.AFFINE) {
            double[] box = Arrays.copyOfRange(at, 3 * bins, at.length);
            double sizeX = 3 * Math.tanh(box[1] / 3);
            double sizeY = 3 * Math.tanh(box[3] / 3);
            double[] inner = Arrays.copyOf(at, 3 * bins);
            inner[0] = (at[0] - box[0]) * Math.exp(-sizeX);
            double[] image = formula(map.withTails(Tails.LINEAR), inner);
            image[0] = box[2] + Math.exp(sizeY) * image[0];
            image[1] += sizeY - sizeX;
            return image;
        }
        double x = at[0];
        if (Math.abs(x) > map.bound()) {
            return new double[] {x, 0, -1};
        }
        double[] d = new double[bins + 1];
        for (int k = 0; k <= bins; k++) {
            boolean end = k == 0 || k == bins;
            int raw = map.tails() == Tails.CIRCULAR ? k % bins : map.tails() == Tails.NONE ? k : k - 1;
            d[k] = map.tails() == Tails.LINEAR && end
                    ? 1
                    : 1e-3 + Math.log1p(Math.exp(at[1 + 2 * bins + raw] + Math.log(Math.expm1(1 - 1e-3))));
        }
        double[] knotsX = knots(at, 1, bins, map.bound());
        double[] knotsY = knots(at, 1 + bins, bins, map.bound());
        int k = 0;
        while (k < bins - 1 && knotsX[k + 1] <= x) {
            k++;
        }
        double w = knotsX[k + 1] - knotsX[k];
        double h = knotsY[k + 1] - knotsY[k];
        double s = h / w;
        double t = (x - knotsX[k]) / w;
        double q = t * (1 - t);
        double den = s + (d[k] + d[k + 1] - 2 * s) * q;
        double y = knotsY[k] + h * (s * t * t + d[k] * q) / den;
        double slope = s * s * (d[k + 1] * t * t + 2 * s * q + d[k] * (1 - t) * (1 - t)) / (den * den);
        return new double[] {y, Math.log(slope), k};
    }

    private static double[] knots(double[] at, int from, int bins, double bound) {
        double sum = 0;
        for (int k = 0; k < bins; k++) {
            sum += Math.exp(at[from + k]);
        }
        double[] knots = new double[bins + 1];
        knots[0] = -bound;
        for (int k = 0; k < bins; k++) {
            knots[k + 1] = knots[k] + 2 * bound * (1e-3 + (1 - bins * 1e-3) * Math.exp(at[from + k]) / sum);
        }
        return knots;
    }

    // ---- numbers that are none -------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("splines")
    void whatIsNotFiniteInPhiShowsWhereverXIs(RationalQuadraticSpline map) {
        for (int k = 0; k < map.parameterCount(); k++) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                float[] phi = new float[map.parameterCount()];
                phi[k] = bad;
                OneLane lane = new OneLane(map, phi);
                for (float x : new float[] {-30, -1, 2.5f, 30}) {
                    assertTrue(Float.isNaN(lane.forward(x)) && Double.isNaN(lane.logDerivative()), "φ" + k);
                    assertTrue(Float.isNaN(lane.inverse(x)) && Double.isNaN(lane.logDerivative()), "φ" + k);
                    assertTrue(Float.isNaN(lane.forwardVjp(x, 1, 1)), "φ" + k);
                }
            }
        }
    }

    @Test
    void impossibleSplinesAreRefused() {
        assertRefused("a spline needs at least 1 bin, got 0", () -> RationalQuadraticSpline.of(0, 3));
        assertRefused(
                "the bound of a spline must lie in [1e-30, 1e30], got -1.0", () -> RationalQuadraticSpline.of(8, -1));
        assertRefused(
                "the bound of a spline must lie in [1e-30, 1e30], got NaN",
                () -> RationalQuadraticSpline.of(8, Double.NaN));
        assertRefused(
                "minWidth must lie in [1.0E-6, 1 / bins), got 0.001 for 1000 bins",
                () -> RationalQuadraticSpline.of(1000, 3));
        assertRefused(
                "minHeight must lie in [1.0E-6, 1 / bins), got 0.0 for 8 bins",
                () -> RationalQuadraticSpline.of(8, 3).withMinima(1e-3, 0, 1e-3));
        assertRefused(
                "minSlope must lie in [1.0E-6, 1), so that a slope can be 1, got 1.0",
                () -> RationalQuadraticSpline.of(8, 3).withMinima(1e-3, 1e-3, 1));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable making) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, making).getMessage());
    }
}
