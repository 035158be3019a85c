package io.fluvial.distribution;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ContinuousGoldenTest {

    /// A few ulp of the special functions, each within 2 ulp of its argument's own rounding: at x = 40 the exponent
    /// −800 turns an ulp of z into 800 ulp of the tail.
    private static final double TOLERANCE = 1e-12;

    private static final Map<String, ScalarDistribution> CASES =
            Map.ofEntries(Map.entry("Normal(0, 1)", Normal.standard()), Map.entry("Normal(0.5, 2)", Normal.of(0.5, 2)));

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("continuous", CASES, TOLERANCE);
    }
}
