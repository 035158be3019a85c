package io.fluvial.distribution;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where shapes, rates and degrees of freedom are so large that series and continued fractions do not end.
class LargeGoldenTest {

    /// As in [ContinuousGoldenTest]: an ulp of an exponent of −700 is 1.1e-13 of the tail, and three terms round so.
    /// The
    /// worst value is off by 3.2e-13.
    private static final double TOLERANCE = 1e-12;

    private static final Map<String, ScalarDistribution> CASES = Map.of(
            "Poisson(1e12)", Poisson.of(1e12),
            "Poisson(1e15)", Poisson.of(1e15),
            "Beta(1e10, 1e10)", Beta.of(1e10, 1e10),
            "Beta(1e14, 1e14)", Beta.of(1e14, 1e14),
            "Beta(1e11, 3e13)", Beta.of(1e11, 3e13),
            "Beta(9e9, 4e15)", Beta.of(9e9, 4e15),
            "FisherSnedecor(1e14, 1e14)", FisherSnedecor.of(1e14, 1e14),
            "FisherSnedecor(4e15, 3e11)", FisherSnedecor.of(4e15, 3e11),
            "NegativeBinomial(1e13, 0.5)", NegativeBinomial.of(1e13, 0.5),
            "StudentT(1e300, 0, 1)", StudentT.of(1e300, 0, 1));

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("large", CASES, TOLERANCE);
    }
}
