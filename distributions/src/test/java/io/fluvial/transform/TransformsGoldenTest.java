package io.fluvial.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Scalar transforms against `golden/transforms.csv`, which also holds the accuracy that their Javadoc claims.
class TransformsGoldenTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    private static final Map<String, ScalarTransform> CASES = Map.ofEntries(
            Map.entry("AffineTransform(0.5, -3)", AffineTransform.of(0.5, -3)),
            Map.entry("Log", new Log()),
            Map.entry("Exp", new Exp()),
            Map.entry("Power(2)", Power.of(2)),
            Map.entry("Power(3)", Power.of(3)),
            Map.entry("Power(0.5)", Power.of(0.5)),
            Map.entry("Power(-1.5)", Power.of(-1.5)),
            Map.entry("Power(0.001)", Power.of(0.001)),
            Map.entry("SignedPower(2)", SignedPower.of(2)),
            Map.entry("SignedPower(0.4)", SignedPower.of(0.4)),
            Map.entry("SignedPower(1)", SignedPower.of(1)),
            Map.entry("BoxCox(0)", BoxCox.of(0)),
            Map.entry("BoxCox(1e-12)", BoxCox.of(1e-12)),
            Map.entry("BoxCox(-1e-12)", BoxCox.of(-1e-12)),
            Map.entry("BoxCox(0.5)", BoxCox.of(0.5)),
            Map.entry("BoxCox(1)", BoxCox.of(1)),
            Map.entry("BoxCox(-2)", BoxCox.of(-2)),
            Map.entry("BoxCox(3)", BoxCox.of(3)),
            Map.entry("YeoJohnson(0)", YeoJohnson.of(0)),
            Map.entry("YeoJohnson(1e-12)", YeoJohnson.of(1e-12)),
            Map.entry("YeoJohnson(0.5)", YeoJohnson.of(0.5)),
            Map.entry("YeoJohnson(1)", YeoJohnson.of(1)),
            Map.entry("YeoJohnson(2)", YeoJohnson.of(2)),
            Map.entry("YeoJohnson(1.999999999999)", YeoJohnson.of(1.999999999999)),
            Map.entry("YeoJohnson(-1)", YeoJohnson.of(-1)),
            Map.entry("YeoJohnson(3)", YeoJohnson.of(3)),
            Map.entry("Sigmoid", new Sigmoid()),
            Map.entry("Tanh", new Tanh()),
            Map.entry("Softplus", new Softplus()),
            Map.entry("SoftClip(-11, 11)", SoftClip.of(-11, 11)),
            Map.entry("SoftClip(2, 5)", SoftClip.of(2, 5)),
            Map.entry("SoftplusClip(-10, 10, 1)", SoftplusClip.of(-10, 10, 1)),
            Map.entry("SoftplusClip(-5, 5, 10)", SoftplusClip.of(-5, 5, 10)),
            Map.entry("SoftplusClip(2, 5, 0.1)", SoftplusClip.of(2, 5, 0.1)),
            Map.entry("SoftplusClip(0, inf, 0.5)", SoftplusClip.of(0, INF, 0.5)),
            Map.entry("SoftplusClip(-inf, 3, 2)", SoftplusClip.of(-INF, 3, 2)),
            Map.entry("SinhArcsinh(0, 1)", SinhArcsinh.of(0, 1)),
            Map.entry("SinhArcsinh(0.5, 2)", SinhArcsinh.of(0.5, 2)),
            Map.entry("SinhArcsinh(-2, 0.3)", SinhArcsinh.of(-2, 0.3)),
            Map.entry("SinhArcsinh(1, 30)", SinhArcsinh.of(1, 30)),
            Map.entry("LambertWTail(0)", LambertWTail.of(0)),
            Map.entry("LambertWTail(1e-6)", LambertWTail.of(1e-6)),
            Map.entry("LambertWTail(0.2)", LambertWTail.of(0.2)),
            Map.entry("LambertWTail(3)", LambertWTail.of(3)));

    @Test
    void valuesAreAsAccurateAsTheJavadocSays() throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (String line : lines()) {
            String[] f = line.split(";", -1);
            String key = f[0].strip();
            ScalarTransform transform = CASES.get(key);
            assertTrue(transform != null, "no transform for " + key);
            seen.add(key);
            double at = Double.parseDouble(f[2].strip());
            double expected = Double.parseDouble(f[3].strip());
            double got = value(transform, f[1].strip(), at);
            double allowed = Double.parseDouble(f[5].strip()) * 0x1p-52 * Double.parseDouble(f[4].strip());
            if (!(Math.abs(got - expected) <= Math.max(allowed, Double.MIN_VALUE))) { // also for NaN
                wrong.add(line + " – got " + got);
            }
        }
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
        assertEquals(CASES.keySet(), seen);
    }

    private static double value(ScalarTransform f, String quantity, double at) {
        return switch (quantity) {
            case "forward" -> f.forward(at);
            case "inverse" -> f.inverse(at);
            case "logDerivative" -> f.logDerivative(at, f.forward(at));
            case "slope" -> f.logDerivativeSlope(at, f.forward(at));
            default -> throw new IllegalArgumentException(quantity);
        };
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = TransformsGoldenTest.class.getResourceAsStream("/golden/transforms.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void lambertWSolvesItsEquation() {
        for (double z = 1e-300; z < 1e300; z *= 1.7) {
            double w = ProductLogarithm.w(z);
            // log w + w = log z, each rounded, w of order log z
            assertEquals(Math.log(z), Math.log(w) + w, 8 * Math.ulp(Math.abs(Math.log(z)) + 1), "z = " + z);
        }
    }

    @Test
    void endsAreReachedWithoutSilentSaturation() {
        ScalarTransform sigmoid = new Sigmoid();
        assertEquals(1, sigmoid.forward(40));
        assertEquals(INF, sigmoid.inverse(1));
        assertEquals(-INF, sigmoid.inverse(0));
        assertEquals(-800, sigmoid.logDerivative(800, sigmoid.forward(800)));
        assertTrue(Double.isNaN(sigmoid.inverse(1.5)));
        assertEquals(INF, new Tanh().inverse(1));
        assertEquals(-INF, new Tanh().inverse(-1));
        assertEquals(-INF, new Log().forward(0));
        assertEquals(INF, SoftClip.of(-2, 2).inverse(2));
        assertEquals(2, SoftClip.of(-2, 2).forward(INF));
        assertEquals(INF, BoxCox.of(-0.5).inverse(2));
        assertEquals(0, BoxCox.of(0.5).inverse(-2));
    }

    @Test
    void wrapAndFoldLeadIntoTheirIntervals() {
        Wrap angle = Wrap.angle();
        assertEquals(-Math.PI, angle.forward(Math.PI));
        assertEquals(0.25 - Math.PI, angle.forward(0.25 + Math.PI), 1e-15);
        assertEquals(1, angle.forward(1 + 20 * Math.PI), 2e-14); // 1 + 20π itself is rounded
        assertEquals(0.5, Wrap.of(0, 1).forward(-7.5));
        assertEquals(0.25, Fold.of(0, 1).forward(-2.25));
        assertEquals(0.75, Fold.of(0, 1).forward(3.25));
        assertEquals(4, Fold.of(2, 5).forward(0));
    }

    @Test
    void preimagesAreAllThatLeadToAValue() {
        for (ScalarTransform f : List.of(
                new Abs(),
                Wrap.of(-1, 2),
                Fold.of(-1, 2),
                new Abs().then(Fold.of(0.5, 2)),
                AffineTransform.of(1, -2).then(Wrap.angle()))) {
            for (double y : new double[] {0.6, 1.7}) {
                double[] all = f.preimages(y, -10, 10);
                for (double x : all) {
                    assertEquals(y, f.forward(x), 1e-14, f + " at " + x);
                }
                int crossings = 0;
                for (double x = -10; x < 10; x += 1e-3) {
                    double before = f.forward(x) - y;
                    double after = f.forward(x + 1e-3) - y;
                    crossings += before * after < 0 && Math.abs(before) < 0.1 && Math.abs(after) < 0.1 ? 1 : 0;
                }
                assertEquals(crossings, all.length, f + " at " + y);
            }
        }
    }

    @Test
    void preimageIntervalsCoverWhatLeadsIntoAnInterval() {
        for (ScalarTransform f : List.of(
                new Abs(),
                Wrap.of(-1, 2),
                Fold.of(-1, 2),
                new Abs().then(Fold.of(0.5, 2)),
                AffineTransform.of(1, -2).then(Wrap.angle()),
                AffineTransform.of(1, -2).then(new Sigmoid()))) {
            double[] ends = f.preimageIntervals(0.6, 0.9, -10, 10);
            for (double x = -9.99995; x < 10; x += 1e-3) {
                boolean inside = false;
                for (int i = 0; i < ends.length; i += 2) {
                    inside |= x >= ends[i] && x <= ends[i + 1];
                }
                double y = f.forward(x);
                assertEquals(y >= 0.6 && y <= 0.9, inside, f + " at " + x + ", y = " + y);
            }
        }
    }

    @Test
    void imagesOfIntervalsFollowTheDirection() {
        assertEquals("Interval[lower=-5.0, upper=1.0", new Probe(AffineTransform.of(3, -2)).image(1, 4));
        assertEquals("Interval[lower=0.0, upper=3.0", new Probe(new Abs()).image(-3, 1));
        assertEquals("Interval[lower=1.0, upper=3.0", new Probe(new Abs()).image(-3, -1));
        assertEquals("Interval[lower=0.0, upper=Infinity", new Probe(new Exp()).image(-INF, INF));
        assertEquals("Interval[lower=-1.0, upper=1.0", new Probe(new Tanh()).image(-INF, INF));
        assertEquals("Interval[lower=-Infinity, upper=Infinity", new Probe(LambertWTail.of(0.2)).image(-INF, INF));
        assertEquals("Interval[lower=-Infinity, upper=Infinity", new Probe(SinhArcsinh.of(1, 2)).image(-INF, INF));
        assertEquals("Interval[lower=2.0, upper=5.0", new Probe(SoftplusClip.of(2, 5, 0.1)).image(-INF, INF));
        assertEquals("Interval[lower=-Infinity, upper=1.0", new Probe(YeoJohnson.of(-1)).image(-INF, INF));
    }

    private record Probe(ScalarTransform f) {
        String image(double a, double b) {
            String text = f.image(io.fluvial.constraint.Interval.open(a, b)).toString();
            return text.substring(0, text.indexOf(", lowerEnd"));
        }
    }
}
