package io.fluvial.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Golden;
import io.fluvial.ScalarBijector;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Maps whose inverse is searched for: golden values, and round trips from far out.
class SearchedMapsTest {

    private static final float[] FAR = {15, -15, 1e3f, -1e3f, 1e6f, -1e6f};

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("gaussianization.csv", Gaussianization.of(2)),
                Arguments.of("mixture-of-logistics.csv", MixtureOfLogistics.of(2)),
                Arguments.of("deep-sigmoidal.csv", DeepSigmoidal.of(2)),
                Arguments.of("bernstein.csv", Bernstein.of(6, 5)),
                Arguments.of("sum-of-squares.csv", new SumOfSquares(2, 2, 0.001)),
                Arguments.of("positive-integral.csv", PositiveIntegral.of(2, 7, 3)));
    }

    /// Columns x, φ, y, log f′. y is rounded once to float, after a dozen roundings relative to the
    /// numbers in the middle of the formula; log f′ carries twice y's rounding in double times y.
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
            String where = file + " at " + row[0] + " with " + Arrays.toString(phi);
            assertEquals(y, lane.forward((float) row[0]), 0.5 * Math.ulp((float) y) * (1 + 1e-6) + 4e-15, where);
            assertEquals(logDerivative, lane.logDerivative(), 1e-13 * (1 + Math.abs(logDerivative)), where);
        }
    }

    static Stream<ScalarBijector> maps() {
        return Stream.of(
                Gaussianization.of(1),
                Gaussianization.of(3),
                Gaussianization.of(8),
                MixtureOfLogistics.of(1),
                MixtureOfLogistics.of(8),
                DeepSigmoidal.of(1),
                DeepSigmoidal.of(8),
                Bernstein.of(4, 3),
                Bernstein.of(24, 10),
                SumOfSquares.of(1, 1),
                SumOfSquares.of(2, 3),
                PositiveIntegral.of(1, 2, 3),
                PositiveIntegral.of(6, 24, 10));
    }

    /// f takes any x to a y from which the search comes back: nothing saturates.
    @ParameterizedTest
    @MethodSource("maps")
    void roundTripsFromFarOut(ScalarBijector map) {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 50; trial++) {
            float[] phi = new float[map.parameterCount()];
            for (int k = 0; k < phi.length; k++) {
                phi[k] = trial == 0 ? 0 : (float) random.nextGaussian();
            }
            OneLane lane = new OneLane(map, phi);
            for (float x : FAR) {
                float y = lane.forward(x);
                double logDerivative = lane.logDerivative();
                assertTrue(Double.isFinite(logDerivative), () -> map + " at " + x);
                // y carries an ulp, which the inverse divides by f′; x is rounded once more
                double tolerance = Math.ulp(y) * Math.exp(-logDerivative) + Math.ulp(x);
                assertEquals(x, lane.inverse(y), tolerance, () -> map + " from " + x + " by " + y);
                assertEquals(logDerivative, lane.logDerivative(), 1e-4, () -> map + " at " + x);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void gradientsAreFiniteWhereverInputsAre(ScalarBijector map) {
        SplittableRandom random = new SplittableRandom(4);
        float[] xs = {0, -0f, 1e-30f, 1, -40, 1e6f, -1e10f, 1e30f, Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int trial = 0; trial < 200; trial++) {
            float[] phi = new float[map.parameterCount()];
            for (int k = 0; k < phi.length; k++) {
                phi[k] = (float) (random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
            }
            OneLane lane = new OneLane(map, phi);
            for (float x : xs) {
                String where = map + " at " + x + " with " + Arrays.toString(phi);
                assertTrue(Float.isFinite(lane.forward(x)), where);
                assertTrue(
                        Double.isFinite(lane.logDerivative()) || lane.logDerivative() == Double.NEGATIVE_INFINITY,
                        where);
                // gradients that belong to numbers a float can hold
                if (Math.abs(x) < 1e12) {
                    assertTrue(Float.isFinite(lane.forwardVjp(x, 1, 1)), where);
                    for (int k = 0; k < phi.length; k++) {
                        assertTrue(Float.isFinite(lane.gradient(k)), where + " φ" + k);
                    }
                }
                assertTrue(Float.isFinite(lane.inverse(x)), where);
                assertTrue(!Double.isNaN(lane.logDerivative()), where);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void infinityGoesToTheLargestFloatWithoutDensity(ScalarBijector map) {
        OneLane lane = new OneLane(map, new float[map.parameterCount()]);
        for (float end : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertEquals(Math.copySign(Float.MAX_VALUE, end), lane.forward(end));
            assertEquals(Double.NEGATIVE_INFINITY, lane.logDerivative());
            assertEquals(0, lane.forwardVjp(end, 1, 1));
            assertEquals(Math.copySign(Float.MAX_VALUE, end), lane.inverse(end));
            assertEquals(Double.POSITIVE_INFINITY, lane.logDerivative());
        }
    }

    @Test
    void oneNormalIsAnAffineMap() {
        OneLane lane = new OneLane(Gaussianization.of(1), 0.3f, 2, 0);
        for (float x : new float[] {0, 1.5f, -3, 30, -1e4f}) {
            assertEquals(x - 2, lane.forward(x), 1e-15 + 0.5 * Math.ulp(x));
            assertEquals(0, lane.logDerivative(), 2e-15);
        }
    }

    /// As far as the maps' documentation says at most.
    @ParameterizedTest
    @MethodSource("maps")
    void startIsNearTheIdentity(ScalarBijector map) {
        OneLane lane = new OneLane(map, new float[map.parameterCount()]);
        for (float x = -3; x <= 3; x += 0.25f) {
            assertEquals(x, lane.forward(x), 0.05);
            assertEquals(0, lane.logDerivative(), 0.05);
        }
    }

    @Test
    void aMixtureHasComponents() {
        String message = assertThrows(IllegalArgumentException.class, () -> Gaussianization.of(0))
                .getMessage();
        assertEquals("a mixture needs at least 1 component, got 0", message);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        (Supplier<?>) () -> MixtureOfLogistics.of(0), "a mixture needs at least 1 component, got 0"),
                Arguments.of((Supplier<?>) () -> Bernstein.of(3, 5), "a Bernstein map has degree 4 to 50, not 3"),
                Arguments.of(
                        (Supplier<?>) () -> Bernstein.of(8, 0),
                        "the bound of a Bernstein map must be positive, got 0.0"),
                Arguments.of((Supplier<?>) () -> SumOfSquares.of(13, 2), "a sum of squares has degree 1 to 12, not 13"),
                Arguments.of(
                        (Supplier<?>) () -> SumOfSquares.of(3, 0), "a sum of squares needs at least 1 term, got 0"),
                Arguments.of(
                        (Supplier<?>) () -> new SumOfSquares(3, 2, 1),
                        "the minimum of a sum of squares lies in (0, 1), got 1.0"),
                Arguments.of(
                        (Supplier<?>) () -> PositiveIntegral.of(0, 1, 5),
                        "a positive integral needs at least 1 unit and 2 nodes, got 0 and 1"),
                Arguments.of(
                        (Supplier<?>) () -> PositiveIntegral.of(4, 8, -1),
                        "the bound of a positive integral must be positive, got -1.0"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void sizesThatMakeNoMapAreRefused(Supplier<?> make, String message) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, make::get).getMessage());
    }

    /// f′ of y as it is computed, also where the nodes are far too few for the network.
    @Test
    void slopeOfThePositiveIntegralIsThatOfItsRule() {
        OneLane lane = new OneLane(PositiveIntegral.of(2, 4, 3), 0, 1, -4, 5, 6, 9, 1, -2);
        float h = 0x1p-7f;
        for (float x = -2.875f; x < 2.9; x += 0.125f) {
            if (Math.abs((x + 3) / 2 - Math.rint((x + 3) / 2)) < 0.01) {
                continue; // a kink
            }
            float above = lane.forward(x + h);
            float below = lane.forward(x - h);
            lane.forward(x);
            // exact for a parabola but for the rounding of either y by half an ulp
            double rounding = 0.5 * (Math.ulp(above) + Math.ulp(below)) / (2 * h) + 1e-12;
            assertEquals(((double) above - below) / (2 * h), Math.exp(lane.logDerivative()), rounding);
        }
    }
}
