package io.fluvial.distribution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultivariateGoldenTest {

    /// A log-density is a sum of some ten terms of its own size, each within a few ulp; matrices here have condition
    /// numbers below 100 but for those that are badly scaled, which costs nothing.
    private static final double TOLERANCE = 5e-14;

    private static final double[] MEAN = {0.5, -1, 2};
    private static final double[] COVARIANCE = {2, 0.6, -0.3, 0.6, 1, 0.2, -0.3, 0.2, 0.5};
    private static final double[] SCALE = {1, 2, 2, 13};

    private static Map<String, Distribution> cases() {
        Map<String, Distribution> cases = new LinkedHashMap<>();
        cases.put("MultivariateNormal", MultivariateNormal.ofCovariance(MEAN, COVARIANCE));
        cases.put("MultivariateNormal, precision", MultivariateNormal.ofPrecision(MEAN, COVARIANCE));
        cases.put(
                "MultivariateNormal, badly scaled",
                MultivariateNormal.ofCholesky(new double[] {1e6, 0}, new double[] {1e4, 0, 1e-3, 1e-6}));
        cases.put(
                "LowRankMultivariateNormal",
                LowRankMultivariateNormal.of(
                        new double[] {1, 0, -1, 3},
                        new double[] {1, 0, 2, 1, -1, 3, 0.5, 0},
                        new double[] {1, 0.01, 2, 5}));
        cases.put(
                "LowRankMultivariateNormal, one factor",
                LowRankMultivariateNormal.of(new double[] {1, 0}, new double[] {1e8, 1e8}, new double[] {1, 1}));
        cases.put("MultivariateStudentT, 2.5", MultivariateStudentT.ofScale(2.5, MEAN, COVARIANCE));
        cases.put("MultivariateStudentT, nearly normal", MultivariateStudentT.ofScale(1e10, MEAN, COVARIANCE));
        cases.put("Dirichlet", Dirichlet.of(2, 1, 3.5));
        cases.put("Dirichlet, at the corners", Dirichlet.of(0.5, 0.125, 1));
        cases.put("Dirichlet, large", Dirichlet.of(1e8, 3e8, 1e8));
        cases.put("RelaxedOneHotCategorical", RelaxedOneHotCategorical.ofLogits(0.75, new double[] {0.5, -1, 0}));
        cases.put("RelaxedOneHotCategorical, cold", RelaxedOneHotCategorical.ofLogits(0.01, new double[] {0.5, -1}));
        cases.put("VonMises(0, 0)", VonMises.of(0, 0));
        cases.put("VonMises(0.5, 1e-8)", VonMises.of(0.5, 1e-8));
        cases.put("VonMises(1, 2.5)", VonMises.of(1, 2.5));
        cases.put("VonMises(-3, 8)", VonMises.of(-3, 8));
        cases.put("VonMises(0, 39.5)", VonMises.of(0, 39.5));
        cases.put("VonMises(0, 300)", VonMises.of(0, 300));
        cases.put("VonMises(0.5, 1e6)", VonMises.of(0.5, 1e6));
        for (String name : new String[] {
            "2, 1e-08",
            "2, 2.5",
            "2, 1e+06",
            "3, 0.25",
            "3, 12",
            "3, 1e+06",
            "5, 1e-08",
            "5, 30",
            "5, 10000",
            "100, 1",
            "100, 50",
            "100, 1e+06"
        }) {
            String[] numbers = name.split(", ", 2);
            double[] first = new double[Integer.parseInt(numbers[0])];
            first[0] = 1;
            cases.put("VonMisesFisher(" + name + ")", VonMisesFisher.of(first, Double.parseDouble(numbers[1])));
        }
        cases.put("LkjCholesky(3, 1)", LkjCholesky.of(3, 1));
        cases.put("LkjCholesky(3, 0.25)", LkjCholesky.of(3, 0.25));
        cases.put("LkjCholesky(2, 1e+07)", LkjCholesky.of(2, 1e7));
        cases.put("Wishart(5.5)", Wishart.ofScale(5.5, 3, COVARIANCE));
        cases.put("Wishart(2.5)", Wishart.ofScale(2.5, 3, COVARIANCE));
        cases.put("Wishart(1e+08)", Wishart.ofScale(1e8, 2, SCALE));
        cases.put("InverseWishart(5.5)", InverseWishart.ofScale(5.5, 3, COVARIANCE));
        cases.put("InverseWishart(1e+08)", InverseWishart.ofScale(1e8, 2, SCALE));
        return cases;
    }

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("multivariate", cases(), TOLERANCE);
    }
}
