package io.fluvial.distribution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContinuousGoldenTest {

    /// A few ulp of the special functions, each within 2 ulp of its argument's own rounding: an exponent of −700 turns
    /// an ulp of its terms into 700 ulp of the tail, 1.6e-13, and there are several terms. The worst value is off
    /// by 1.0e-13.
    private static final double TOLERANCE = 1e-12;

    private static Map<String, ScalarDistribution> cases() {
        Map<String, ScalarDistribution> cases = new LinkedHashMap<>();
        cases.put("Normal(0, 1)", Normal.of(0, 1));
        cases.put("Normal(0.5, 2)", Normal.of(0.5, 2));
        cases.put("HalfNormal(1.5)", HalfNormal.of(1.5));
        cases.put("HalfNormal(1e-3)", HalfNormal.of(1e-3));
        cases.put("Laplace(-0.5, 0.75)", Laplace.of(-0.5, 0.75));
        cases.put("Laplace(10, 1e-3)", Laplace.of(10, 1e-3));
        cases.put("Logistic(0, 1)", Logistic.of(0, 1));
        cases.put("Logistic(300, 0.125)", Logistic.of(300, 0.125));
        cases.put("Cauchy(0.25, 2)", Cauchy.of(0.25, 2));
        cases.put("Cauchy(0, 1e-3)", Cauchy.of(0, 1e-3));
        cases.put("HalfCauchy(0.25)", HalfCauchy.of(0.25));
        cases.put("HalfCauchy(100)", HalfCauchy.of(100));
        cases.put("Gumbel(-2, 3)", Gumbel.of(-2, 3));
        cases.put("Gumbel(1, 0.125)", Gumbel.of(1, 0.125));
        cases.put("Exponential(2.5)", Exponential.of(2.5));
        cases.put("Exponential(1e-5)", Exponential.of(1e-5));
        cases.put("Weibull(2, 1.5)", Weibull.of(2, 1.5));
        cases.put("Weibull(0.5, 0.5)", Weibull.of(0.5, 0.5));
        cases.put("Weibull(3, 200)", Weibull.of(3, 200));
        cases.put("Pareto(2, 5)", Pareto.of(2, 5));
        cases.put("Pareto(0.0625, 0.8)", Pareto.of(0.0625, 0.8));
        cases.put("GeneralizedPareto(0.5, 2, 0)", GeneralizedPareto.of(0.5, 2, 0));
        cases.put("GeneralizedPareto(0, 1, 0.25)", GeneralizedPareto.of(0, 1, 0.25));
        cases.put("GeneralizedPareto(-1, 0.5, 1.25)", GeneralizedPareto.of(-1, 0.5, 1.25));
        cases.put("GeneralizedPareto(0, 1, -0.5)", GeneralizedPareto.of(0, 1, -0.5));
        cases.put("GeneralizedPareto(0, 1, 1e-12)", GeneralizedPareto.of(0, 1, 1e-12));
        cases.put("StudentT(5, 0.25, 2)", StudentT.of(5, 0.25, 2));
        cases.put("StudentT(0.1, -1, 0.5)", StudentT.of(0.1, -1, 0.5));
        cases.put("StudentT(1e10, 0, 1)", StudentT.of(1e10, 0, 1));
        cases.put("StudentT(300, 10, 0.125)", StudentT.of(300, 10, 0.125));
        cases.put("StudentT(1.5, 0, 1)", StudentT.of(1.5, 0, 1));
        cases.put("GeneralizedNormal(0.5, 2, 1.5)", GeneralizedNormal.of(0.5, 2, 1.5));
        cases.put("GeneralizedNormal(0, 1, 0.4)", GeneralizedNormal.of(0, 1, 0.4));
        cases.put("GeneralizedNormal(3, 1, 40)", GeneralizedNormal.of(3, 1, 40));
        cases.put("Gamma(2.5, 3)", Gamma.ofShapeRate(2.5, 3));
        cases.put("Gamma(1, 5)", Gamma.ofShapeRate(1, 5));
        cases.put("Gamma(1e-3, 1)", Gamma.ofShapeRate(1e-3, 1));
        cases.put("Gamma(50, 0.125)", Gamma.ofShapeRate(50, 0.125));
        cases.put("Gamma(1e8, 1)", Gamma.ofShapeRate(1e8, 1));
        cases.put("Gamma(20000, 2)", Gamma.ofShapeRate(20000, 2));
        cases.put("ChiSquared(7)", ChiSquared.of(7));
        cases.put("ChiSquared(0.5)", ChiSquared.of(0.5));
        cases.put("InverseGamma(3.5, 2)", InverseGamma.of(3.5, 2));
        cases.put("InverseGamma(0.75, 1)", InverseGamma.of(0.75, 1));
        cases.put("InverseGamma(300, 1e-3)", InverseGamma.of(300, 1e-3));
        cases.put("FisherSnedecor(3, 9)", FisherSnedecor.of(3, 9));
        cases.put("FisherSnedecor(0.5, 1)", FisherSnedecor.of(0.5, 1));
        cases.put("FisherSnedecor(2000, 40)", FisherSnedecor.of(2000, 40));
        cases.put("Beta(2, 3.5)", Beta.of(2, 3.5));
        cases.put("Beta(0.01, 0.01)", Beta.of(0.01, 0.01));
        cases.put("Beta(1e6, 1e6)", Beta.of(1e6, 1e6));
        cases.put("Beta(0.5, 0.5)", Beta.of(0.5, 0.5));
        cases.put("Beta(1000, 0.75)", Beta.of(1000, 0.75));
        cases.put("Beta(40, 2000)", Beta.of(40, 2000));
        cases.put("Kumaraswamy(2, 3.5)", Kumaraswamy.of(2, 3.5));
        cases.put("Kumaraswamy(0.5, 0.75)", Kumaraswamy.of(0.5, 0.75));
        cases.put("Kumaraswamy(20, 300)", Kumaraswamy.of(20, 300));
        cases.put("Uniform(-0.5, 2)", Uniform.of(-0.5, 2));
        cases.put("Uniform(1e300, 1.5e300)", Uniform.of(1e300, 1.5e300));
        cases.put("Triangular(-1, 0.5, 1.25)", Triangular.of(-1, 0.5, 1.25));
        cases.put("Triangular(0, 0.0078125, 3)", Triangular.of(0, 0.0078125, 3));
        cases.put("ContinuousBernoulli.of(0.25)", ContinuousBernoulli.of(0.25));
        cases.put("ContinuousBernoulli.of(0.5 + 2^-30)", ContinuousBernoulli.of(0.5 + 0x1p-30));
        cases.put("ContinuousBernoulli.ofLogit(30)", ContinuousBernoulli.ofLogit(30));
        cases.put("ContinuousBernoulli.ofLogit(-800)", ContinuousBernoulli.ofLogit(-800));
        cases.put("RelaxedBernoulli.of(0.5, 0.25)", RelaxedBernoulli.of(0.5, 0.25));
        cases.put("RelaxedBernoulli.ofLogit(2.25, 3)", RelaxedBernoulli.ofLogit(2.25, 3));
        return cases;
    }

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("continuous", cases(), TOLERANCE);
    }
}
