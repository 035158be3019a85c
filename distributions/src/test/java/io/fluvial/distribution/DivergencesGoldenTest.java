package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Divergences within one family against `golden/divergences.csv`: near, large, tiny and far
/// parameters.
class DivergencesGoldenTest {

    /// Relative. Every form is a sum of terms that are not negative or nearly so, each good to some
    /// ulp; r − 1 − log r may lose a factor of 20 at r = 1.2. The worst line is off by 6e-15.
    private static final double TOLERANCE = 1e-14;

    record Line(String family, double[] p, double[] q, double nats) {

        @Override
        public String toString() {
            return family + " " + Arrays.toString(p) + " " + Arrays.toString(q);
        }
    }

    static List<Line> lines() {
        return lines("divergences");
    }

    private static List<Line> lines(String name) {
        return Golden.rows(name).stream()
                .map(row -> new Line(
                        row[0].strip(), Golden.numbers(row[1]), Golden.numbers(row[2]), Double.parseDouble(row[3])))
                .toList();
    }

    private static Distribution distribution(String family, double[] a) {
        return switch (family) {
            case "beta" -> Beta.of(a[0], a[1]);
            case "cauchy" -> Cauchy.of(a[0], a[1]);
            case "chiSquared" -> ChiSquared.of(a[0]);
            case "dirichlet" -> Dirichlet.of(a);
            case "exponential" -> Exponential.of(a[0]);
            case "gamma" -> Gamma.ofShapeRate(a[0], a[1]);
            case "gumbel" -> Gumbel.of(a[0], a[1]);
            case "halfCauchy" -> HalfCauchy.of(a[0]);
            case "halfNormal" -> HalfNormal.of(a[0]);
            case "inverseGamma" -> InverseGamma.of(a[0], a[1]);
            case "laplace" -> Laplace.of(a[0], a[1]);
            case "negativeBinomial" -> NegativeBinomial.of(a[0], a[1]);
            case "lkj" -> LkjCholesky.of((int) a[0], a[1]);
            case "normal" -> Normal.of(a[0], a[1]);
            case "pareto" -> Pareto.of(a[0], a[1]);
            case "weibull" -> Weibull.of(a[0], a[1]);
            case "wishart" -> wishart(a);
            default -> throw new IllegalArgumentException(family);
        };
    }

    private static Wishart wishart(double[] a) {
        int n = a.length - 1;
        double[] scale = new double[n * n];
        for (int i = 0; i < n; i++) {
            scale[i * n + i] = a[i + 1];
        }
        return Wishart.ofScale(a[0], n, scale);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void agreesWithFiftyDigits(Line line) {
        double nats = KullbackLeibler.between(distribution(line.family, line.p), distribution(line.family, line.q))
                .nats();
        double error = nats == line.nats ? 0 : Math.abs(nats - line.nats) / line.nats; // both may be infinite
        assertTrue(error <= TOLERANCE, () -> line + ": expected " + line.nats + ", got " + nats + ", off by " + error);
    }

    /// Negative binomials that spread over 1e6 to 1e14 numbers. A term is p ρ²/2 with ρ the
    /// logarithm of p/q, which has an error of 5e-15: that of the sum is as much of √(2 KL), and
    /// 1e-13 of itself. All of them one by one would take 6 s for 2e7 numbers.
    @Test
    void wideCountsAgreeWithFortyDigits() {
        assertTimeout(Duration.ofSeconds(2), () -> {
            for (Line line : lines("counts")) {
                double nats = KullbackLeibler.between(
                                distribution(line.family, line.p), distribution(line.family, line.q))
                        .nats();
                double allowed = 1e-13 * line.nats + 5e-15 * Math.sqrt(2 * line.nats);
                assertEquals(line.nats, nats, allowed, line::toString);
            }
        });
    }

    @Test
    void geometricIsANegativeBinomialOfSizeOne() {
        NegativeBinomial q = NegativeBinomial.of(2, 2e-9);
        double expected =
                KullbackLeibler.between(NegativeBinomial.of(1, 1e-9), q).nats();
        assertEquals(expected, KullbackLeibler.between(Geometric.of(1e-9), q).nats());
        double back = KullbackLeibler.between(q, NegativeBinomial.of(1, 1e-9)).nats();
        assertEquals(back, KullbackLeibler.between(q, Geometric.of(1e-9)).nats());
    }
}
