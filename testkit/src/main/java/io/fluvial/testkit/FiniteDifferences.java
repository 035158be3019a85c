package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;

/// Slopes of a function in double precision against extrapolated central differences, with steps over several orders
/// of magnitude: the one with the smallest error estimate counts.
final class FiniteDifferences {

    /// Estimates of the error are off by some factor.
    private static final double CAUTION = 30;

    /// A slope times a step is known to so much, or the difference proves nothing.
    private static final double SHARP = 1e-4;

    /// Kinks may fool the estimate, too near an end there may be no room.
    private static final double INCONCLUSIVE = 0.2;

    private int checked;
    private int vague;

    /// f′(0) against `slope`.
    ///
    /// @param room f is defined from −room to room
    /// @param noise what f is off by rounding of its arguments, besides that of its value
    void check(DoubleUnaryOperator f, double room, double noise, double slope, String what) {
        double size = 1 + Math.abs(f.applyAsDouble(0));
        double best = Double.POSITIVE_INFINITY;
        double value = Double.NaN;
        double step = room;
        for (int k = 0; k < 8; k++, step /= 8) {
            double h = step;
            Derivative difference = Derivative.of(t -> new double[] {f.applyAsDouble(4 * t * h)});
            double rounding = (Math.ulp(size) + noise) / Derivative.SMALLEST_STEP;
            double error = (difference.error[0] + rounding) / (4 * h);
            if (error < best) {
                best = error;
                value = difference.value[0] / (4 * h);
            }
        }
        checked++;
        double allowed = CAUTION * best + 1e-7 * Math.abs(slope);
        if (!(allowed < SHARP * (Math.abs(slope) + size / room))) {
            vague++;
            assertTrue(Double.isFinite(slope), what + " is " + slope);
            return;
        }
        assertEquals(value, slope, allowed, what);
    }

    void assertConclusive() {
        assertTrue(vague <= INCONCLUSIVE * checked, vague + " of " + checked + " differences prove nothing");
    }
}
