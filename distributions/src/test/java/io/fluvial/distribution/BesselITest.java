package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BesselITest {

    /// A few ulp of the largest term: of 1 where the logarithm is smaller.
    private static final double LOGARITHM = 3e-15;

    private static final double RATIO = 4e-16;

    /// 1 − ratio below r = 40, where the ratio is up to 1 − 1/80: 80 half ulp.
    private static final double COMPLEMENT = 1e-14;

    @Test
    void valuesAgreeWithHighPrecision() throws IOException {
        int lines = 0;
        for (String line : lines()) {
            if (line.startsWith("#")) {
                continue;
            }
            double[] fields = Arrays.stream(line.split(";"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double order = fields[0];
            double x = fields[1];
            double size = Math.max(1, Math.abs(fields[2]));
            assertEquals(fields[2], BesselI.logReduced(order, x), LOGARITHM * size, line);
            assertEquals(fields[3], BesselI.ratio(order, x), RATIO * fields[3], line);
            assertEquals(fields[4], BesselI.ratioComplement(order, x), COMPLEMENT * fields[4], line);
            lines++;
        }
        assertEquals(130, lines);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = BesselITest.class.getResourceAsStream("/golden/bessel.csv")) {
            byte[] bytes =
                    Objects.requireNonNull(in, "/golden/bessel.csv is missing").readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    /// I₀(x) ≈ eˣ/√(2πx) (1 + 1/(8x)), I₁/I₀ ≈ 1 − 1/(2x).
    @Test
    void hugeArgumentsNeitherOverflowNorLoseTheirSign() {
        for (double x : new double[] {1e20, 1e100, 1e300}) {
            assertEquals(-0.5 * Math.log(2 * Math.PI) - 0.5 * Math.log(x), BesselI.logReduced(0, x), 1e-12);
            assertEquals(0.5, BesselI.ratioComplement(0, x) * x, 1e-9);
            assertTrue(BesselI.ratio(3, x) <= 1);
        }
    }
}
