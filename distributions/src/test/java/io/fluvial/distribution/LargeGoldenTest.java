package io.fluvial.distribution;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where shapes, rates and degrees of freedom are so large that series and continued fractions do not end, or so far
/// from each other that their ratio is no double.
class LargeGoldenTest {

    /// As in [ContinuousGoldenTest]: an ulp of an exponent of −700 is 1.1e-13 of the tail, and three terms round so.
    /// The
    /// worst value is off by 3.2e-13.
    private static final double TOLERANCE = 1e-12;

    private static final Map<String, ScalarDistribution> CASES = new HashMap<>();

    static {
        CASES.put("Poisson(1e12)", Poisson.of(1e12));
        CASES.put("Poisson(1e15)", Poisson.of(1e15));
        CASES.put("Beta(1e10, 1e10)", Beta.of(1e10, 1e10));
        CASES.put("Beta(1e14, 1e14)", Beta.of(1e14, 1e14));
        CASES.put("Beta(1e11, 3e13)", Beta.of(1e11, 3e13));
        CASES.put("Beta(9e9, 4e15)", Beta.of(9e9, 4e15));
        CASES.put("FisherSnedecor(1e14, 1e14)", FisherSnedecor.of(1e14, 1e14));
        CASES.put("FisherSnedecor(4e15, 3e11)", FisherSnedecor.of(4e15, 3e11));
        CASES.put("NegativeBinomial(1e13, 0.5)", NegativeBinomial.of(1e13, 0.5));
        CASES.put("NegativeBinomial(1e-20, 1e-310)", NegativeBinomial.of(1e-20, 1e-310));
        CASES.put("NegativeBinomial(1e-300, 0.5)", NegativeBinomial.of(1e-300, 0.5));
        CASES.put("NegativeBinomial(1e-20, 1e-200)", NegativeBinomial.of(1e-20, 1e-200));
        CASES.put("NegativeBinomial(1e-8, 1e-15)", NegativeBinomial.of(1e-8, 1e-15));
        CASES.put("NegativeBinomial(1e-3, 1e-6)", NegativeBinomial.of(1e-3, 1e-6));
        CASES.put("StudentT(1e300, 0, 1)", StudentT.of(1e300, 0, 1));
    }

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("large", CASES, TOLERANCE);
    }
}
