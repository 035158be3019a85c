package io.fluvial.distribution;

import io.fluvial.transform.Abs;
import io.fluvial.transform.AffineTransform;
import io.fluvial.transform.Exp;
import io.fluvial.transform.Fold;
import io.fluvial.transform.LambertWTail;
import io.fluvial.transform.Sigmoid;
import io.fluvial.transform.SinhArcsinh;
import io.fluvial.transform.Wrap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransformedGoldenTest {

    /// What is claimed of quadratures. A normal's own tail at 50 deviations has 3e-13 of rounding.
    private static final double TOLERANCE = 1e-12;

    private static final double INF = Double.POSITIVE_INFINITY;

    private static final Map<String, ScalarDistribution> CASES = Map.ofEntries(
            Map.entry("TruncatedNormal(-1, 2)", TruncatedNormal.of(0, 1, -1, 2)),
            Map.entry("TruncatedNormal(30, 31)", TruncatedNormal.of(0, 1, 30, 31)),
            Map.entry("TruncatedNormal(5, 5.0009765625)", TruncatedNormal.of(0, 1, 5, 5.0009765625)),
            Map.entry("TruncatedNormal(-inf, -50)", TruncatedNormal.of(0, 1, -INF, -50)),
            Map.entry("TruncatedNormal(-0.001, 0.002)", TruncatedNormal.of(0, 1, -0.001, 0.002)),
            Map.entry("TruncatedNormal(10000, inf)", TruncatedNormal.of(0, 1, 10000, INF)),
            Map.entry("Truncated(-1, 2)", Truncated.of(Normal.standard(), -1, 2)),
            Map.entry("Truncated(30, 31)", Truncated.of(Normal.standard(), 30, 31)),
            Map.entry("Truncated(5, 5.0009765625)", Truncated.of(Normal.standard(), 5, 5.0009765625)),
            Map.entry("Truncated(-inf, -50)", Truncated.of(Normal.standard(), -INF, -50)),
            Map.entry("Truncated(-0.001, 0.002)", Truncated.of(Normal.standard(), -0.001, 0.002)),
            Map.entry("Truncated(Cauchy, 1, 20)", Truncated.of(Cauchy.of(0, 1), 1, 20)),
            Map.entry("LogNormal(0.3, 0.5)", LogNormal.of(0.3, 0.5)),
            Map.entry("LogNormal(-3.0, 2.0)", LogNormal.of(-3, 2)),
            Map.entry("LogitNormal(0.5, 1)", LogitNormal.of(0.5, 1)),
            Map.entry("LogitNormal(-0.2, 1.6)", LogitNormal.of(-0.2, 1.6)),
            Map.entry("Exp of Normal(0.3, 0.5)", TransformedDistribution.of(Normal.of(0.3, 0.5), new Exp())),
            Map.entry("SinhArcsinh(0.5, 1.3)", TransformedDistribution.of(Normal.standard(), SinhArcsinh.of(0.5, 1.3))),
            Map.entry("LambertWTail(0.1)", TransformedDistribution.of(Normal.standard(), LambertWTail.of(0.1))),
            Map.entry("2 - 3 Normal(0.5, 2)", TransformedDistribution.of(Normal.of(0.5, 2), AffineTransform.of(2, -3))),
            Map.entry("Abs of Normal(0.5, 1)", TransformedDistribution.of(Normal.of(0.5, 1), new Abs())),
            Map.entry("Wrap of Normal(0.5, 2)", TransformedDistribution.of(Normal.of(0.5, 2), Wrap.angle())),
            Map.entry("Wrap of Normal(0, 0.1)", TransformedDistribution.of(Normal.of(0, 0.1), Wrap.angle())),
            Map.entry("Fold of Normal(0.5, 1)", TransformedDistribution.of(Normal.of(0.5, 1), Fold.of(-1, 2))));

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("transformed", CASES, TOLERANCE);
    }

    private static final Map<String, Distribution> POLES = Map.ofEntries(
            Map.entry("Truncated(Gamma(1/2), 0, 1)", Truncated.of(Gamma.ofShapeRate(0.5, 1), 0, 1)),
            Map.entry("Truncated(Gamma(1/16), 0, 3)", Truncated.of(Gamma.ofShapeRate(0.0625, 1), 0, 3)),
            Map.entry("Truncated(Beta(1/2, 1/2), 0, 1)", Truncated.of(Beta.of(0.5, 0.5), 0, 1)),
            Map.entry("Truncated(Beta(1/2, 1/2), 0.25, 1)", Truncated.of(Beta.of(0.5, 0.5), 0.25, 1)),
            Map.entry("Truncated(Beta(1/2, 1/16), 0, 1)", Truncated.of(Beta.of(0.5, 0.0625), 0, 1)),
            Map.entry("Truncated(Beta(2, 3), 0, 1)", Truncated.of(Beta.of(2, 3), 0, 1)),
            Map.entry("Beta(1/2, 1/2) + Beta(2, 3)", Mixture.of(new double[] {1, 1}, Beta.of(0.5, 0.5), Beta.of(2, 3))),
            Map.entry(
                    "Gamma(1/2) + Exponential",
                    Mixture.of(new double[] {0.25, 0.75}, Gamma.ofShapeRate(0.5, 1), Exponential.of(2))),
            Map.entry(
                    "log-odds of Beta(2, 0.5)", TransformedDistribution.of(Beta.of(2, 0.5), new Sigmoid().inverted())),
            Map.entry(
                    "log-odds of Beta(0.5, 2)", TransformedDistribution.of(Beta.of(0.5, 2), new Sigmoid().inverted())),
            Map.entry(
                    "log-odds of Beta(0.0625, 0.5)",
                    TransformedDistribution.of(Beta.of(0.0625, 0.5), new Sigmoid().inverted())),
            Map.entry(
                    "log-odds of Beta(0.5, 0.0625)",
                    TransformedDistribution.of(Beta.of(0.5, 0.0625), new Sigmoid().inverted())));

    /// Densities that are infinite or zero at an end: of a shape of 1/16 a tenth of the mass lies
    /// nearer to it than quantiles can tell.
    @Test
    void entropiesOfDensitiesWithPoles() {
        Golden.check("poles", POLES, TOLERANCE);
    }
}
