package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/// Values that a high-precision computation gave: `golden/NAME.csv`, written by `golden/NAME.py`, which its header
/// names.
///
/// A line is `case; quantity; arguments; value`: the case is a key of the table of distributions, the quantity one of
/// logProb, cdf, survival, quantile, survivalQuantile, entropy, mean, variance; arguments and the values of mean and
/// variance are numbers separated by blanks. Lines with # are comments.
final class Golden {

    private Golden() {}

    /// Compares every line, and that no case is without a golden density.
    ///
    /// @param tolerance of a value: relative, for log-densities and entropies relative to 1 where they are smaller
    static void check(String name, Map<String, ? extends Distribution> cases, double tolerance) {
        Set<String> seen = new HashSet<>();
        for (String[] fields : rows(name)) {
            String line = String.join(";", fields);
            assertEquals(4, fields.length, line);
            String key = fields[0].strip();
            Distribution d = cases.get(key);
            if (d == null) {
                throw new AssertionError("no distribution for " + key);
            }
            String quantity = fields[1].strip();
            seen.add(key + ";" + quantity);
            compare(d, quantity, numbers(fields[2]), numbers(fields[3]), tolerance, line);
        }
        for (String key : cases.keySet()) {
            assertTrue(seen.contains(key + ";logProb"), "no golden density of " + key);
        }
    }

    /// The fields of every line that is no comment.
    static List<String[]> rows(String name) {
        return lines("/golden/" + name + ".csv").stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(";", -1))
                .toList();
    }

    private static void compare(
            Distribution d, String quantity, double[] x, double[] expected, double tolerance, String line) {
        double[] got = new double[expected.length];
        boolean logarithm = false;
        switch (quantity) {
            case "logProb" -> {
                got[0] = d.logProb(x);
                logarithm = true;
            }
            case "entropy" -> {
                got[0] = d.entropy();
                logarithm = true;
            }
            case "mean" -> d.mean(got);
            case "variance" -> d.variance(got);
            case "cdf" -> got[0] = ((ScalarDistribution) d).cdf(x[0]);
            case "survival" -> got[0] = ((ScalarDistribution) d).survival(x[0]);
            case "quantile" -> got[0] = ((ScalarDistribution) d).quantile(x[0]);
            case "survivalQuantile" -> got[0] = ((ScalarDistribution) d).survivalQuantile(x[0]);
            default -> throw new IllegalArgumentException(line);
        }
        for (int k = 0; k < got.length; k++) {
            double size = Math.abs(expected[k]);
            double allowed = tolerance * (logarithm ? Math.max(1, size) : size);
            if (Double.isInfinite(expected[k])) {
                assertEquals(expected[k], got[k], line);
            } else {
                assertFalse(Double.isNaN(got[k]), line + " – got NaN");
                assertTrue(Math.abs(got[k] - expected[k]) <= allowed, line + " – got " + got[k]);
            }
        }
    }

    static double[] numbers(String field) {
        return field.isBlank()
                ? new double[0]
                : Arrays.stream(field.strip().split("\\s+"))
                        .mapToDouble(Golden::number)
                        .toArray();
    }

    private static double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
