package io.fluvial.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.ScalarBijector;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every scalar map against a double formula written independently of it, on a grid and for random φ.
class ScalarMapsTest {

    /// Half an ulp of float, relative: what rounding a result costs.
    private static final double HALF_ULP = 0x1p-24;

    /// The naive formula, good in the middle of the range only.
    interface Formula {
        double y(double x, double[] phi);

        double logDerivative(double x, double[] phi);
    }

    /// A formula without parameters.
    private static Formula plain(DoubleUnaryOperator y, DoubleUnaryOperator derivative) {
        return new Formula() {
            @Override
            public double y(double x, double[] phi) {
                return y.applyAsDouble(x);
            }

            @Override
            public double logDerivative(double x, double[] phi) {
                return Math.log(derivative.applyAsDouble(x));
            }
        };
    }

    private static final Formula SHIFT = new Formula() {
        @Override
        public double y(double x, double[] phi) {
            return x + phi[0];
        }

        @Override
        public double logDerivative(double x, double[] phi) {
            return 0;
        }
    };

    private static Formula affine(LogScale scale) {
        return new Formula() {
            @Override
            public double y(double x, double[] phi) {
                return x * Math.exp(scale.logScale(phi[1])) + phi[0];
            }

            @Override
            public double logDerivative(double x, double[] phi) {
                return scale.logScale(phi[1]);
            }
        };
    }

    private static final Formula SINH_ARCSINH = new Formula() {
        private static double u(double x, double[] phi) {
            return Math.pow(4, Math.tanh(phi[1] / Math.log(4))) * Math.log(x + Math.sqrt(1 + x * x)) + phi[0];
        }

        @Override
        public double y(double x, double[] phi) {
            return 0.5 * (Math.exp(u(x, phi)) - Math.exp(-u(x, phi)));
        }

        @Override
        public double logDerivative(double x, double[] phi) {
            double delta = Math.pow(4, Math.tanh(phi[1] / Math.log(4)));
            return Math.log(delta * Math.cosh(u(x, phi)) / Math.sqrt(1 + x * x));
        }
    };

    /// @param from,to ends of the grid, inside the support
    /// @param step the scale on which the map changes, at x
    record Case(ScalarBijector map, Formula formula, double from, double to, DoubleUnaryOperator step) {

        float[] grid() {
            int n = 41;
            float[] grid = new float[n];
            for (int i = 0; i < n; i++) {
                grid[i] = (float) (from + (to - from) * i / (n - 1));
            }
            return grid;
        }

        @Override
        public String toString() {
            return map.toString();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(new Shift(), SHIFT, -5, 5, x -> 1),
                new Case(Affine.bounded(), affine(new LogScale.Tanh(3)), -5, 5, x -> 1),
                new Case(new Affine(new LogScale.Sigmoid(0.1, 5)), affine(new LogScale.Sigmoid(0.1, 5)), -5, 5, x -> 1),
                new Case(SinhArcsinh.bounded(), SINH_ARCSINH, -5, 5, x -> 0.3),
                new Case(new Exp(), plain(Math::exp, Math::exp), -10, 10, x -> 1),
                new Case(new Log(), plain(Math::log, x -> 1 / x), 0.01, 50, x -> x),
                new Case(
                        new Sigmoid(),
                        plain(x -> 1 / (1 + Math.exp(-x)), x -> 1 / (2 + Math.exp(x) + Math.exp(-x))),
                        -9,
                        9,
                        x -> 1),
                new Case(
                        Logit.unit(),
                        plain(x -> Math.log(x / (1 - x)), x -> 1 / (x * (1 - x))),
                        0.01,
                        0.99,
                        x -> x * (1 - x)),
                new Case(
                        new Logit(-2.5, 7.1),
                        plain(x -> Math.log((x + 2.5) / (7.1 - x)), x -> 9.6 / ((x + 2.5) * (7.1 - x))),
                        -2.4,
                        7,
                        x -> (x + 2.5) * (7.1 - x) / 9.6),
                new Case(
                        new Softplus(),
                        plain(x -> Math.log(1 + Math.exp(x)), x -> 1 / (1 + Math.exp(-x))),
                        -9,
                        9,
                        x -> 1),
                new Case(
                        new InverseSoftplus(),
                        plain(x -> Math.log(Math.exp(x) - 1), x -> 1 / (1 - Math.exp(-x))),
                        0.01,
                        12,
                        x -> Math.min(x, 1)));
    }

    private static List<float[]> parameters(ScalarBijector map) {
        SplittableRandom random = new SplittableRandom(17);
        return IntStream.range(0, map.parameterCount() == 0 ? 1 : 12)
                .mapToObj(trial -> {
                    float[] phi = new float[map.parameterCount()];
                    for (int k = 0; k < phi.length; k++) {
                        phi[k] = trial == 0 ? 0 : (float) (1.5 * random.nextGaussian());
                    }
                    return phi;
                })
                .toList();
    }

    private static double[] widened(float[] phi) {
        double[] wide = new double[phi.length];
        for (int k = 0; k < phi.length; k++) {
            wide[k] = phi[k];
        }
        return wide;
    }

    /// f′ by five points: with h = 1e-3 steps the truncation is near 1e-12 steps, rounding near 1e-13 of f / step.
    private static double slope(DoubleUnaryOperator f, double x, double step) {
        double h = 1e-3 * step;
        return (8 * (f.applyAsDouble(x + h) - f.applyAsDouble(x - h))
                        - (f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h)))
                / (12 * h);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forwardIsTheFormula(Case c) {
        for (float[] phi : parameters(c.map())) {
            OneLane lane = new OneLane(c.map(), phi);
            for (float x : c.grid()) {
                double y = c.formula().y(x, widened(phi));
                // Two float roundings at most (Shift and Affine: of a sum with φ₀, absolute in its larger term); the
                // naive formula itself cancels to 1e-13.
                double tolerance = 2 * HALF_ULP * Math.abs(y) + 1e-12;
                assertEquals(y, lane.forward(x), tolerance, () -> c + " at " + x);
                assertEquals(c.formula().logDerivative(x, widened(phi)), lane.logDerivative(), 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logDerivativeIsTheLogarithmOfTheSlope(Case c) {
        for (float[] phi : parameters(c.map())) {
            OneLane lane = new OneLane(c.map(), phi);
            for (float x : c.grid()) {
                double slope =
                        slope(t -> c.formula().y(t, widened(phi)), x, c.step().applyAsDouble(x));
                lane.forward(x);
                assertEquals(slope, Math.exp(lane.logDerivative()), 1e-8 * slope, () -> c + " at " + x);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inverseOfForwardIsIdentity(Case c) {
        for (float[] phi : parameters(c.map())) {
            OneLane lane = new OneLane(c.map(), phi);
            for (float x : c.grid()) {
                float y = lane.forward(x);
                double logDerivative = lane.logDerivative();
                // y carries an ulp (Affine: φ₀ may be larger than y; then 2 ulp of φ₀), stretched by 1 / f′ on the way
                // back, where x is rounded once more.
                double inY = Math.ulp(y) + (phi.length > 0 ? 2 * Math.ulp(phi[0]) : 0);
                double tolerance = inY * Math.exp(-logDerivative) + Math.ulp(x);
                assertEquals(x, lane.inverse(y), tolerance, () -> c + " at " + x);
                // log f′ at a point that is off by the tolerance, times the scale on which log f′ changes
                double inLog = 2 * tolerance / c.step().applyAsDouble(x) + 1e-12;
                assertEquals(logDerivative, lane.logDerivative(), inLog, () -> c + " at " + x);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pullbackIsTheSlopeOfTheFormula(Case c) {
        SplittableRandom random = new SplittableRandom(5);
        for (float[] phi : parameters(c.map())) {
            OneLane lane = new OneLane(c.map(), phi);
            for (float x : c.grid()) {
                float gY = (float) random.nextGaussian();
                float gLogDet = (float) random.nextGaussian();
                double[] wide = widened(phi);
                Formula f = c.formula();
                double step = c.step().applyAsDouble(x);
                double size = Math.abs(gY * f.y(x, wide)) + Math.abs(gLogDet * f.logDerivative(x, wide)) + 1;
                double expected = slope(t -> gY * f.y(t, wide) + gLogDet * f.logDerivative(t, wide), x, step);
                // one rounding of the result; the difference is good to 1e-9 of the values over the step
                double tolerance = 2 * HALF_ULP * Math.abs(expected) + 1e-9 * size / step;
                assertEquals(expected, lane.forwardVjp(x, gY, gLogDet), tolerance, () -> c + " at " + x);
                for (int k = 0; k < phi.length; k++) {
                    int number = k;
                    double inPhi = slope(
                            t -> {
                                double[] moved = wide.clone();
                                moved[number] = t;
                                return gY * f.y(x, moved) + gLogDet * f.logDerivative(x, moved);
                            },
                            wide[k],
                            0.3);
                    assertEquals(
                            inPhi,
                            lane.gradient(k),
                            2 * HALF_ULP * Math.abs(inPhi) + 1e-8 * size,
                            () -> c + " at " + x);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isIdentityAtZeroParameters(Case c) {
        if (c.map().parameterCount() == 0) {
            return; // nothing to set to zero
        }
        OneLane lane = new OneLane(c.map(), new float[c.map().parameterCount()]);
        for (float x : c.grid()) {
            assertEquals(x, lane.forward(x), Math.ulp(x));
            assertEquals(0, lane.logDerivative(), 1e-14);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void notANumberStaysSo(Case c) {
        OneLane lane = new OneLane(c.map(), new float[c.map().parameterCount()]);
        assertTrue(Float.isNaN(lane.forward(Float.NaN)));
        assertTrue(Float.isNaN(lane.inverse(Float.NaN)));
        assertTrue(Float.isNaN(lane.forwardVjp(Float.NaN, 1, 1)) || constantSlope(c));
    }

    private static boolean constantSlope(Case c) {
        return c.map() instanceof Shift || c.map() instanceof Affine;
    }
}
