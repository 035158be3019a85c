package io.fluvial.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Golden;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GammaFunctionTest {

    private static final double EULER = 0.57721566490153286061;

    /// What the class states: 4e-15 near zero, 4e-16 relative.
    private static double tolerance(double value) {
        return 4e-15 + 4e-16 * Math.abs(value);
    }

    @Test
    void factorials() {
        double factorial = 1;
        for (int n = 1; n <= 20; n++) {
            assertEquals(Math.log(factorial), GammaFunction.log(n), tolerance(Math.log(factorial)));
            factorial *= n;
        }
    }

    @Test
    void halfInteger() {
        assertEquals(0.5 * Math.log(Math.PI), GammaFunction.log(0.5), tolerance(1));
        assertEquals(-EULER - 2 * Math.log(2), GammaFunction.digamma(0.5), tolerance(2));
    }

    @Test
    void digammaOfOneIsMinusEuler() {
        assertEquals(-EULER, GammaFunction.digamma(1), tolerance(1));
    }

    @Test
    void recurrences() {
        for (double x = 0.03125; x < 40; x *= 1.25) {
            double log = GammaFunction.log(x);
            assertEquals(log + Math.log(x), GammaFunction.log(x + 1), 2 * tolerance(log) + 4e-16 * Math.abs(log));
            double digamma = GammaFunction.digamma(x);
            assertEquals(digamma + 1 / x, GammaFunction.digamma(x + 1), 2 * tolerance(digamma));
        }
    }

    @Test
    void valuesAgreeWithHighPrecision() {
        for (double[] row : Golden.rows("gamma.csv")) {
            double x = row[0];
            assertEquals(row[1], GammaFunction.log(x), tolerance(row[1]), () -> "log at " + x);
            assertEquals(row[2], GammaFunction.digamma(x), tolerance(row[2]), () -> "digamma at " + x);
            // Below x = 100 a difference of two logarithms of at most 360.
            assertEquals(row[3], GammaFunction.logHalfStep(x), 2e-13, () -> "half step at " + x);
            double inSlope = 1e-14 + 1e-15 * Math.abs(row[4]);
            assertEquals(row[4], GammaFunction.logHalfStepSlope(x), inSlope, () -> "slope at " + x);
        }
    }

    /// n = 20 000 draws for each of five shapes a: mean a and variance a. The mean of n is nearly normal with
    /// deviation √(a/n); the squared deviations have variance 2a² + 6a. Ten two-sided tests at 5.2 deviations,
    /// 2e-7 each: false alarm 2e-6 in the normal approximation.
    @Test
    @Tag("statistical")
    void variatesHaveTheirMoments() {
        int n = 20_000;
        for (double shape : new double[] {0.25, 0.5, 1, 5, 1000}) {
            SplittableRandom random = new SplittableRandom(11);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double distance = GammaFunction.variate(shape, random) - shape;
                sum += distance;
                squares += distance * distance;
            }
            assertEquals(0, sum / n, 5.2 * Math.sqrt(shape / n));
            assertEquals(shape, squares / n, 5.2 * Math.sqrt((2 * shape * shape + 6 * shape) / n));
        }
    }
}
