package io.fluvial.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Values and log-determinants of maps of vectors and matrices, far out too, against 1600 digits.
class StructuredGoldenTest {

    /// A few roundings per operation, some twenty operations to a number. Exponentials of ±800 are off by an ulp of
    /// theirs, no more: the argument is exact.
    private static final double TOLERANCE = 64 * Math.ulp(1.0);

    private static final Map<String, Transform> CASES = Map.ofEntries(
            Map.entry("StickBreaking(4)", new StickBreaking(4)),
            Map.entry("StickBreaking(2)", new StickBreaking(2)),
            Map.entry("IntoOrdered(3)", new IntoOrdered(3)),
            Map.entry("IntoPositiveOrdered(3)", new IntoPositiveOrdered(3)),
            Map.entry("IntoLowerCholesky(3)", new IntoLowerCholesky(3)),
            Map.entry("IntoPositiveDefinite(3)", new IntoPositiveDefinite(3)),
            Map.entry("IntoPositiveDefinite(1)", new IntoPositiveDefinite(1)),
            Map.entry("IntoCorrelationCholesky(4)", new IntoCorrelationCholesky(4)),
            Map.entry("IntoCorrelationCholesky(3)", new IntoCorrelationCholesky(3)),
            Map.entry("IntoCorrelationCholesky(2)", new IntoCorrelationCholesky(2)),
            Map.entry("IntoCorrelationMatrix(4)", new IntoCorrelationMatrix(4)),
            Map.entry("IntoCorrelationMatrix(3)", new IntoCorrelationMatrix(3)),
            Map.entry("IntoSphere(4)", new IntoSphere(4)),
            Map.entry("IntoBall(3)", new IntoBall(3)),
            Map.entry("IntoZeroSum(4)", new IntoZeroSum(4)),
            Map.entry("SphericalAngles(4)", new SphericalAngles(4)),
            Map.entry("SphericalAngles(2)", new SphericalAngles(2)));

    @Test
    void valuesAndLogDeterminantsAgreeWithHighPrecision() {
        Set<String> seen = new HashSet<>();
        for (String line : lines()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(";", -1);
            String name = fields[0].strip();
            Transform f = CASES.get(name);
            if (f == null) {
                throw new AssertionError("no transform for " + name);
            }
            seen.add(name);
            double[] x = numbers(fields[2]);
            double[] expected = numbers(fields[3]);
            double[] y = f.apply(x);
            if (fields[1].strip().equals("logDet")) {
                double got = f.logDet(x, y);
                assertEquals(expected[0], got, TOLERANCE * Math.max(1, Math.abs(expected[0])), line);
            } else {
                checkNumbers(f, x, expected, y, line);
            }
        }
        assertEquals(CASES.keySet(), seen);
    }

    /// Numbers of y relative to themselves, where they are not differences of larger ones.
    private static void checkNumbers(Transform f, double[] x, double[] expected, double[] y, String line) {
        assertEquals(expected.length, y.length, line);
        for (int k = 0; k < y.length; k++) {
            // MIN_VALUE: what underflows becomes that where it must be positive
            double allowed = TOLERANCE * sizeOf(f, x, y, k) + Double.MIN_VALUE;
            double off = Math.abs(expected[k] - y[k]);
            assertTrue(off <= allowed, "number " + k + " is " + y[k] + ", off by " + off + ": " + line);
        }
    }

    /// What rounding of number k is relative to: sums of terms of either sign are only as good as their terms.
    private static double sizeOf(Transform f, double[] x, double[] y, int k) {
        return switch (f) {
            case IntoOrdered ordered -> Math.abs(y[k]) + Math.abs(x[0]);
            case IntoZeroSum zeroSum -> Arrays.stream(x).map(Math::abs).sum();
            case IntoPositiveDefinite(int n) -> Math.sqrt(y[k / n * n + k / n] * y[k % n * n + k % n]);
            case IntoCorrelationMatrix(int n) -> 1;
            default -> Math.abs(y[k]);
        };
    }

    private static double[] numbers(String field) {
        return Arrays.stream(field.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<String> lines() {
        try (InputStream in = StructuredGoldenTest.class.getResourceAsStream("/golden/structured.csv")) {
            if (in == null) {
                throw new IllegalArgumentException("/golden/structured.csv is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
