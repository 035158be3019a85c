package io.fluvial.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Golden;
import org.junit.jupiter.api.Test;

/// Mills' ratio and the normal tail's logarithm and quantile against mpmath.
class NormalTailTest {

    /// A few roundings.
    private static final double EPS = 0x1p-52;

    @Test
    void valuesAgreeWithHighPrecision() {
        for (double[] row : Golden.rows("normal-tail.csv")) {
            double z = row[0];
            assertEquals(row[1], NormalTail.mills(z), 2 * EPS * row[1], () -> "Mills' ratio at " + z);
            assertEquals(row[2], NormalTail.log(z), 2 * EPS * (1 + Math.abs(row[2])), () -> "log tail at " + z);
            // log ½ is off by half an ulp, which the quantile near 0 multiplies by 1.25
            assertEquals(z, NormalTail.quantile(row[2]), 2 * EPS * (1 + z), () -> "quantile of " + row[2]);
        }
    }

    @Test
    void quantileInvertsTheLogarithm() {
        for (double z = 0; z < 50; z += 0.01) {
            assertEquals(z, NormalTail.quantile(NormalTail.log(z)), 3 * EPS * (1 + z));
        }
    }

    @Test
    void notANumberStaysSo() {
        assertTrue(Double.isNaN(NormalTail.mills(Double.NaN)));
        assertTrue(Double.isNaN(NormalTail.quantile(Double.NaN)));
    }
}
