package io.fluvial.testkit;

import io.fluvial.distribution.Dirichlet;
import io.fluvial.distribution.Distribution;
import io.fluvial.distribution.Exponential;
import io.fluvial.distribution.Independent;
import io.fluvial.distribution.Mixture;
import io.fluvial.distribution.Multinomial;
import io.fluvial.distribution.MultivariateNormal;
import io.fluvial.distribution.Normal;
import io.fluvial.distribution.OneHotCategorical;
import io.fluvial.distribution.Poisson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Vectors of counts, and what makes vectors of other distributions, against the contract: one line each.
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter
@ParameterizedClass(name = "{0}")
@MethodSource("rows")
class ShippedWrappersTest extends MultivariateDistributionContract {

    /// @param make makes the distribution, an equal one each time
    /// @param events all events, where it is discrete
    record Row(String name, Supplier<Distribution> make, Supplier<List<double[]>> events) {

        static Row of(String name, Supplier<Distribution> make) {
            return new Row(name, make, List::of);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final double[] COVARIANCE = {2, 0.6, 0.6, 1};

    static Stream<Row> rows() {
        return Stream.of(
                new Row("Multinomial, 6 of 3", () -> Multinomial.of(6, 0.2, 0.3, 0.5), () -> counts(3, 6)),
                new Row("Multinomial, 3 of 4", () -> Multinomial.ofLogits(3, 0, 1, -2, 0.5), () -> counts(4, 3)),
                Row.of("Multinomial, many trials", () -> Multinomial.of(1_000_000, 0.2, 0.3, 0.5)),
                new Row("OneHotCategorical", () -> OneHotCategorical.of(0.2, 0.7, 0.1), () -> counts(3, 1)),
                Row.of("Independent, alike", () -> Independent.of(Normal.of(1, 2), 3)),
                Row.of("Independent", () -> Independent.of(Normal.of(1, 2), Exponential.of(3), Normal.of(0, 1))),
                Row.of(
                        "Independent of vectors",
                        () -> Independent.of(
                                Exponential.of(3),
                                MultivariateNormal.ofCovariance(new double[] {1, 2}, COVARIANCE),
                                Dirichlet.of(2, 1, 3.5))),
                new Row(
                        "Independent counts",
                        () -> Independent.of(OneHotCategorical.of(0.3, 0.7), Poisson.of(0.5)),
                        ShippedWrappersTest::hotAndCount),
                Row.of(
                        "Mixture of vectors",
                        () -> Mixture.of(
                                new double[] {0.4, 0.6},
                                MultivariateNormal.ofCovariance(new double[] {1, 2}, COVARIANCE),
                                Independent.of(Normal.of(-1, 0.5), Normal.of(0, 1)))),
                new Row(
                        "Mixture of counts",
                        () -> Mixture.of(
                                new double[] {0.4, 0.6},
                                Multinomial.of(4, 0.2, 0.3, 0.5),
                                Multinomial.of(4, 0.6, 0.3, 0.1)),
                        () -> counts(3, 4)));
    }

    /// Every vector of n counts with that sum.
    private static List<double[]> counts(int n, int total) {
        List<double[]> all = new ArrayList<>();
        add(all, new double[n], 0, total);
        return all;
    }

    private static void add(List<double[]> all, double[] counts, int at, int left) {
        if (at == counts.length - 1) {
            counts[at] = left;
            all.add(counts.clone());
            return;
        }
        for (int k = 0; k <= left; k++) {
            counts[at] = k;
            add(all, counts, at + 1, left - k);
        }
    }

    private static List<double[]> hotAndCount() {
        List<double[]> all = new ArrayList<>();
        for (int k = 0; k < 16; k++) {
            all.add(new double[] {1, 0, k});
            all.add(new double[] {0, 1, k});
        }
        return all;
    }

    @Parameter
    Row row;

    @Override
    protected Distribution subject() {
        return row.make().get();
    }

    @Override
    protected Iterable<double[]> events() {
        return row.events().get();
    }
}
