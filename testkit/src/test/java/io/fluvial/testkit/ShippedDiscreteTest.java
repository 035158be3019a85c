package io.fluvial.testkit;

import io.fluvial.distribution.Bernoulli;
import io.fluvial.distribution.Binomial;
import io.fluvial.distribution.Categorical;
import io.fluvial.distribution.DiscreteUniform;
import io.fluvial.distribution.Geometric;
import io.fluvial.distribution.Mixture;
import io.fluvial.distribution.NegativeBinomial;
import io.fluvial.distribution.Normal;
import io.fluvial.distribution.OrderedLogistic;
import io.fluvial.distribution.Poisson;
import io.fluvial.distribution.ScalarDistribution;
import io.fluvial.distribution.ZeroInflated;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Every distribution on whole numbers that the library ships, and mixtures of numbers, against the contract. A new one
/// is one more line here.
class ShippedDiscreteTest {

    record Row(Supplier<ScalarDistribution> make, double slack) {

        static Row of(Supplier<ScalarDistribution> make) {
            return new Row(make, 1);
        }

        Row slack(double factor) {
            return new Row(make, factor);
        }

        @Override
        public String toString() {
            return make.get().toString();
        }
    }

    static List<Row> rows() {
        return List.of(
                Row.of(() -> Bernoulli.of(0.3)),
                Row.of(() -> Bernoulli.ofLogit(-20)),
                Row.of(() -> Bernoulli.of(1)),
                Row.of(() -> Binomial.of(12, 0.35)),
                Row.of(() -> Binomial.of(12, 0)),
                Row.of(() -> Binomial.of(1_000_000, 0.9)),
                Row.of(() -> Binomial.of(1_000_000, 2e-6)),
                Row.of(() -> Categorical.of(0.1, 0.2, 0.3, 0.4)),
                Row.of(() -> Categorical.of(1e-9, 0.7, 1e-3, 0.25, 0.049)),
                Row.of(() -> DiscreteUniform.of(-3, 8)),
                Row.of(() -> Geometric.of(0.3)),
                Row.of(() -> Geometric.of(0.01)),
                Row.of(() -> Geometric.of(1)),
                Row.of(() -> NegativeBinomial.of(2.5, 0.3)),
                Row.of(() -> NegativeBinomial.of(0.2, 0.1)),
                Row.of(() -> NegativeBinomial.ofMeanDispersion(4, 1e-9)),
                Row.of(() -> OrderedLogistic.of(0.3, -1, 0.5, 0.7, 3)),
                Row.of(() -> Poisson.of(1e-3)),
                Row.of(() -> Poisson.of(7)),
                Row.of(() -> Poisson.of(3e5)),
                Row.of(() -> ZeroInflated.of(Poisson.of(3), 0.25)),
                Row.of(() -> ZeroInflated.of(NegativeBinomial.of(1.5, 0.2), 0.6)),
                Row.of(() -> Mixture.of(new double[] {0.3, 0.7}, Poisson.of(2), Poisson.of(25))),
                Row.of(() -> Mixture.of(new double[] {0.3, 0.7}, Normal.of(-1, 0.5), Normal.of(2, 1))),
                Row.of(() -> Mixture.of(new double[] {0.9, 0.1}, Normal.of(0, 1), Normal.of(1, 0.02))));
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.fluvial.testkit.ShippedDiscreteTest#rows")
    class Rows extends ScalarDistributionContract {

        @Parameter
        Row row;

        @Override
        protected ScalarDistribution subject() {
            return row.make().get();
        }

        @Override
        protected double slack() {
            return row.slack();
        }
    }
}
