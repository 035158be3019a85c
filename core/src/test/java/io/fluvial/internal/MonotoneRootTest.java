package io.fluvial.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Roots of functions that Newton's method alone would miss, and of those that have none.
class MonotoneRootTest {

    /// A function and its derivative; counts what it is asked.
    private static final class Counted {
        final DoubleUnaryOperator f;
        final DoubleUnaryOperator slope;
        int calls;

        Counted(DoubleUnaryOperator f, DoubleUnaryOperator slope) {
            this.f = f;
            this.slope = slope;
        }

        double at(double x, double[] work) {
            calls++;
            work[0] = slope.applyAsDouble(x);
            return f.applyAsDouble(x);
        }

        double find(double y, double start) {
            return MonotoneRoot.find(Counted::at, this, new double[1], y, start);
        }
    }

    private static final Counted CUBE = new Counted(x -> x * x * x, x -> 3 * x * x);
    private static final Counted ARCTAN = new Counted(Math::atan, x -> 1 / (1 + x * x));

    @Test
    void findsRootsNearAndFar() {
        for (double root : new double[] {1e-12, 0.3, -2, 15, -1e3, 1e6, -1e12}) {
            assertEquals(root, CUBE.find(root * root * root, 0), 1e-12 * Math.abs(root), () -> "root " + root);
        }
        assertEquals(0, CUBE.find(0, 3), 1e-12); // the slope at the root is 0
    }

    /// From 3, Newton's method on arctan diverges.
    @Test
    void findsRootsThatNewtonStepsOver() {
        assertEquals(0, ARCTAN.find(0, 3), 1e-14);
        assertEquals(Math.tan(1.5), ARCTAN.find(1.5, -50), 1e-11);
    }

    /// A stair: flat but for a steep step at 0.7, where the slope says nothing.
    @Test
    void findsTheStepOfAStair() {
        Counted stair = new Counted(
                x -> 1e-9 * x + Math.tanh(1e6 * (x - 0.7)),
                x -> 1e-9 + 1e6 / Math.pow(Math.cosh(Math.min(300, Math.abs(1e6 * (x - 0.7)))), 2));
        assertEquals(0.7, stair.find(0.1, -40), 1e-6);
        assertTrue(stair.calls < 200, () -> stair.calls + " calls");
    }

    @Test
    void infinityWhereNothingIsFarEnoughOut() {
        assertEquals(Double.POSITIVE_INFINITY, ARCTAN.find(2, 0));
        assertEquals(Double.NEGATIVE_INFINITY, ARCTAN.find(-2, 10));
        assertEquals(Double.POSITIVE_INFINITY, CUBE.find(Double.POSITIVE_INFINITY, 0));
    }

    @Test
    void notANumberStaysSo() {
        Counted nan = new Counted(x -> Double.NaN, x -> Double.NaN);
        assertTrue(Double.isNaN(CUBE.find(Double.NaN, 0)));
        assertTrue(Double.isNaN(nan.find(1, 0)));
        assertTrue(Double.isNaN(MonotoneRoot.find(Counted::at, nan, new double[1], 1, -1, 1, 0)));
    }

    @Test
    void takesFewSteps() {
        Counted asinh = new Counted(x -> Math.log(x + Math.sqrt(x * x + 1)), x -> 1 / Math.sqrt(1 + x * x));
        assertEquals(Math.sinh(0.9), asinh.find(0.9, 0), 1e-14);
        assertTrue(asinh.calls < 10, () -> asinh.calls + " calls");
    }

    @Test
    void anEndOfTheBracketIsTheAnswerWhereRoundingPutsTheRootOutside() {
        assertEquals(2, MonotoneRoot.find(Counted::at, CUBE, new double[1], 8.000000001, 1, 2, 1.5), 1e-11);
        assertEquals(2, MonotoneRoot.find(Counted::at, CUBE, new double[1], 8.000000001, 2, 2, 2), 1e-11);
    }
}
