package io.fluvial.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Golden;
import io.fluvial.ScalarBijector;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Scalar maps at the ends of their range: golden values in high precision, supports, overflow.
class ScalarMapEndsTest {

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("exp.csv", new Exp()),
                Arguments.of("log.csv", new Log()),
                Arguments.of("sigmoid.csv", new Sigmoid()),
                Arguments.of("logit.csv", Logit.unit()),
                Arguments.of("softplus.csv", new Softplus()),
                Arguments.of("inverse-softplus.csv", new InverseSoftplus()),
                Arguments.of("sinh-arcsinh.csv", SinhArcsinh.bounded()));
    }

    /// Columns x, φ, y, log f′. y is rounded once to float; sinh of u carries the rounding of u in double,
    /// |u| · 2⁻⁵².
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
            double forward = lane.forward((float) row[0]);
            assertEquals(y, forward, 0.5 * Math.ulp((float) y) * (1 + 1e-6), () -> file + " at " + row[0]);
            double tolerance = 1e-13 + 4e-16 * Math.abs(logDerivative);
            assertEquals(logDerivative, lane.logDerivative(), tolerance, () -> file + " at " + row[0]);
        }
    }

    /// ∂log f′/∂x past the point where e^|x| would overflow a float or swamp 1.
    @Test
    void gradientsHoldAtTheEnds() {
        assertEquals(-1, new OneLane(new Sigmoid()).forwardVjp(40, 0, 1));
        assertEquals(1, new OneLane(new Sigmoid()).forwardVjp(-40, 0, 1));
        assertEquals((float) Math.exp(-40), new OneLane(new Sigmoid()).forwardVjp(40, 1, 0), 1e-24);
        assertEquals(1, new OneLane(new Softplus()).forwardVjp(-100, 0, 1));
        assertEquals(1, new OneLane(new Softplus()).forwardVjp(100, 1, 1));
        assertEquals(1, new OneLane(new InverseSoftplus()).forwardVjp(1000, 1, 1));
        assertEquals(1e6f, new OneLane(new InverseSoftplus()).forwardVjp(1e-6f, 1, 0), 1);
        assertEquals(1e10f, new OneLane(new Log()).forwardVjp(1e-10f, 1, 0), 1e4f);
        // log f′ ≈ log δ + (δ − 1)·log|2x|, so x · ∂log f′/∂x tends to δ − 1 and ∂log f′/∂ε to ±1
        OneLane tails = new OneLane(SinhArcsinh.bounded(), 0, 1);
        double delta = Math.exp(new LogScale.Tanh(Math.log(4)).logScale(1));
        assertEquals(delta - 1, 1e6 * tails.forwardVjp(1e6f, 0, 1), 1e-6);
        assertEquals(1, tails.gradient(0));
    }

    static Stream<Arguments> outside() {
        float infinity = Float.POSITIVE_INFINITY;
        return Stream.of(
                Arguments.of(new Log(), new float[] {0, -0f, -1e-45f, -3, infinity, -infinity}),
                Arguments.of(new InverseSoftplus(), new float[] {0, -0f, -1e-45f, -3, infinity, -infinity}),
                Arguments.of(Logit.unit(), new float[] {0, -0f, 1, 1.0000001f, -2, infinity, -infinity}),
                Arguments.of(new Logit(-3, 5), new float[] {-3, 5, 6, -infinity}),
                Arguments.of(new Exp(), new float[] {88.73f, 1e10f, infinity}),
                Arguments.of(SinhArcsinh.bounded(), new float[] {infinity, -infinity}));
    }

    @ParameterizedTest
    @MethodSource("outside")
    void densityOutsideTheSupportIsZero(ScalarBijector map, float[] points) {
        OneLane lane = new OneLane(map, new float[map.parameterCount()]);
        for (float x : points) {
            assertTrue(Float.isFinite(lane.forward(x)), () -> map + " at " + x);
            assertEquals(Double.NEGATIVE_INFINITY, lane.logDerivative(), () -> map + " at " + x);
            assertEquals(0, lane.forwardVjp(x, 1, 1), () -> map + " at " + x);
        }
    }

    static Stream<Arguments> outsideRange() {
        float infinity = Float.POSITIVE_INFINITY;
        return Stream.of(
                Arguments.of(new Exp(), new float[] {0, -1, infinity}),
                Arguments.of(new Softplus(), new float[] {0, -1, infinity}),
                Arguments.of(new Sigmoid(), new float[] {0, 1, -3, 2, infinity}),
                Arguments.of(new Log(), new float[] {88.73f, 1e10f, infinity}),
                Arguments.of(SinhArcsinh.bounded(), new float[] {infinity, -infinity}));
    }

    @ParameterizedTest
    @MethodSource("outsideRange")
    void densityOfTheMapTurnedRoundIsZeroOutsideTheRange(ScalarBijector map, float[] points) {
        OneLane lane = new OneLane(map, new float[map.parameterCount()]);
        for (float y : points) {
            assertTrue(Float.isFinite(lane.inverse(y)), () -> map + " at " + y);
            assertEquals(Double.POSITIVE_INFINITY, lane.logDerivative(), () -> map + " at " + y);
        }
    }

    static Stream<ScalarBijector> ontoAnInterval() {
        return Stream.of(new Log(), new InverseSoftplus(), Logit.unit(), new Logit(-2.5, 7.1), new Logit(-1, 0));
    }

    /// What a base distribution with wide tails draws must come back inside the support, with finite gradients.
    @ParameterizedTest
    @MethodSource("ontoAnInterval")
    void inverseStaysInsideTheSupport(ScalarBijector map) {
        OneLane lane = new OneLane(map);
        for (float y : new float[] {-1e30f, -200, -104, -88, -17, 0, 17, 88}) {
            float x = lane.inverse(y);
            assertTrue(Double.isFinite(lane.logDerivative()), () -> map + " at " + y);
            lane.forward(x);
            assertTrue(Double.isFinite(lane.logDerivative()), () -> map + " at " + y);
            assertTrue(Float.isFinite(lane.forwardVjp(x, 1, 1)), () -> map + " at " + y);
        }
    }

    static Stream<ScalarBijector> fromTheLine() {
        return Stream.of(new Exp(), new Softplus(), new Sigmoid());
    }

    @ParameterizedTest
    @MethodSource("fromTheLine")
    void forwardStaysInsideTheRange(ScalarBijector map) {
        OneLane lane = new OneLane(map);
        for (float x : new float[] {-1e30f, -200, -104, -88, -17, 0, 17, 88, 200}) {
            float y = lane.forward(x);
            assertTrue(Float.isFinite(y), () -> map + " at " + x);
            lane.inverse(y);
            assertTrue(Double.isFinite(lane.logDerivative()), () -> map + " at " + x);
        }
    }

    @Test
    void largestFloatTakesTheRoundTrip() {
        OneLane log = new OneLane(new Log());
        float y = log.forward(Float.MAX_VALUE);
        assertTrue(Float.isFinite(log.inverse(y)));
        assertTrue(Double.isFinite(log.logDerivative()));
        OneLane exp = new OneLane(new Exp());
        exp.forward(y);
        assertEquals(y, exp.logDerivative());
    }

    @Test
    void sinhArcsinhHoldsOverTheStatedRange() {
        for (float skew : new float[] {-7, 0, 7}) {
            for (float tail : new float[] {-1e6f, 0, 1e6f}) {
                OneLane lane = new OneLane(SinhArcsinh.bounded(), skew, tail);
                for (float x : new float[] {-1e6f, 0, 1e6f}) {
                    assertTrue(Math.abs(lane.forward(x)) < Float.MAX_VALUE);
                    assertTrue(Double.isFinite(lane.logDerivative()));
                    assertTrue(Math.abs(lane.inverse(x)) < Float.MAX_VALUE);
                    assertTrue(Double.isFinite(lane.logDerivative()));
                }
            }
        }
    }

    @Test
    void logitRefusesBoundsWithoutRoom() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Logit(2, 2))
                .getMessage();
        assertEquals("logit needs finite bounds low < high with floats between them, got 2.0 and 2.0", message);
        assertThrows(IllegalArgumentException.class, () -> new Logit(1, 1 + 1e-9));
        assertThrows(IllegalArgumentException.class, () -> new Logit(0, Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> new Logit(Double.NaN, 1));
    }
}
