package io.fluvial.distribution;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscreteGoldenTest {

    /// Log-probabilities err by a few ulp of the deviance, a few hundred at most here. The regularised beta and gamma
    /// functions take a power like (1 − p)ⁿ by its logarithm, of a size up to a few hundred: 1e-13 relative.
    private static final double TOLERANCE = 1e-12;

    private static final Map<String, Distribution> CASES = new HashMap<>();

    static {
        CASES.put("Bernoulli(0.3)", Bernoulli.of(0.3));
        CASES.put("Bernoulli(1e-12)", Bernoulli.of(1e-12));
        CASES.put("Bernoulli.ofLogit(40)", Bernoulli.ofLogit(40));
        CASES.put("Bernoulli.ofLogit(-0.7)", Bernoulli.ofLogit(-0.7));
        CASES.put("Binomial(10, 0.3)", Binomial.of(10, 0.3));
        CASES.put("Binomial(1000000, 0.25)", Binomial.of(1_000_000, 0.25));
        CASES.put("Binomial(1000000, 1e-6)", Binomial.of(1_000_000, 1e-6));
        CASES.put("Binomial(50, 0.999)", Binomial.of(50, 0.999));
        CASES.put("Geometric(0.3)", Geometric.of(0.3));
        CASES.put("Geometric(1e-9)", Geometric.of(1e-9));
        CASES.put("Poisson(1e-3)", Poisson.of(1e-3));
        CASES.put("Poisson(3.7)", Poisson.of(3.7));
        CASES.put("Poisson(1234.5)", Poisson.of(1234.5));
        CASES.put("Poisson(1e8)", Poisson.of(1e8));
        CASES.put("NegativeBinomial(2.5, 0.4)", NegativeBinomial.of(2.5, 0.4));
        CASES.put("NegativeBinomial(0.01, 0.05)", NegativeBinomial.of(0.01, 0.05));
        CASES.put("NegativeBinomial.ofMeanDispersion(3.5, 1e-12)", NegativeBinomial.ofMeanDispersion(3.5, 1e-12));
        CASES.put("NegativeBinomial.ofMeanDispersion(1000, 0.3)", NegativeBinomial.ofMeanDispersion(1000, 0.3));
        CASES.put("Categorical(0.1, 0.2, 0.7)", Categorical.of(0.1, 0.2, 0.7));
        CASES.put("OrderedLogistic(0.5, -1, 0.25, 2)", OrderedLogistic.of(0.5, -1, 0.25, 2));
        CASES.put("OrderedLogistic(-30, -1, -0.999999, 5)", OrderedLogistic.of(-30, -1, -0.999999, 5));
        CASES.put("ZeroInflated(Poisson(3), 0.2)", ZeroInflated.of(Poisson.of(3), 0.2));
        CASES.put("ZeroInflated(Poisson(1e-3), 0.95)", ZeroInflated.of(Poisson.of(1e-3), 0.95));
        CASES.put("Multinomial(5, 0.2, 0.3, 0.5)", Multinomial.of(5, 0.2, 0.3, 0.5));
        CASES.put("Multinomial(12, 0.05, 0.9, 0.01, 0.04)", Multinomial.of(12, 0.05, 0.9, 0.01, 0.04));
        CASES.put("Multinomial(1000000, 0.2, 0.3, 0.5)", Multinomial.of(1_000_000, 0.2, 0.3, 0.5));
    }

    @Test
    void valuesAgreeWithHighPrecision() {
        Golden.check("discrete", CASES, TOLERANCE);
    }
}
