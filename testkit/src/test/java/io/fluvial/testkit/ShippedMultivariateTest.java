package io.fluvial.testkit;

import io.fluvial.distribution.Dirichlet;
import io.fluvial.distribution.Distribution;
import io.fluvial.distribution.InverseWishart;
import io.fluvial.distribution.LkjCholesky;
import io.fluvial.distribution.LowRankMultivariateNormal;
import io.fluvial.distribution.MultivariateNormal;
import io.fluvial.distribution.MultivariateStudentT;
import io.fluvial.distribution.RelaxedOneHotCategorical;
import io.fluvial.distribution.VonMisesFisher;
import io.fluvial.distribution.Wishart;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Every distribution of vectors or matrices the library ships, against its contract: one line each, more where the
/// code takes another path.
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter
@ParameterizedClass(name = "{0}")
@MethodSource("rows")
class ShippedMultivariateTest extends MultivariateDistributionContract {

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

    static Stream<Row> rows() {
        return Stream.of(normal(), shares(), directions(), matrices()).flatMap(rows -> rows);
    }

    private static final double[] COVARIANCE = {2, 0.6, -0.3, 0.6, 1, 0.2, -0.3, 0.2, 0.5};

    private static Stream<Row> normal() {
        double[] mean = {0.5, -1, 2};
        double[] covariance = COVARIANCE;
        return Stream.of(
                Row.of("MultivariateNormal, covariance", () -> MultivariateNormal.ofCovariance(mean, covariance)),
                Row.of("MultivariateNormal, precision", () -> MultivariateNormal.ofPrecision(mean, covariance)),
                Row.of(
                        "MultivariateNormal, conditional",
                        () -> MultivariateNormal.ofCovariance(mean, covariance)
                                .conditional(new int[] {1}, new double[] {0.7})),
                Row.of(
                        "MultivariateNormal, badly scaled",
                        () -> MultivariateNormal.ofCholesky(new double[] {1e6, 0}, new double[] {1e4, 0, 1e-3, 1e-6})),
                Row.of(
                        "LowRankMultivariateNormal",
                        () -> LowRankMultivariateNormal.of(
                                new double[] {1, 0, -1, 3},
                                new double[] {1, 0, 2, 1, -1, 3, 0.5, 0},
                                new double[] {1, 0.01, 2, 5})),
                Row.of(
                        "LowRankMultivariateNormal, one factor",
                        () -> LowRankMultivariateNormal.of(
                                new double[] {1, 0}, new double[] {1e3, 1e3}, new double[] {1, 1})),
                Row.of("MultivariateStudentT, 7", () -> MultivariateStudentT.ofScale(7, mean, covariance)),
                Row.of("MultivariateStudentT, 2.5", () -> MultivariateStudentT.ofPrecision(2.5, mean, covariance)),
                Row.of(
                        "MultivariateStudentT, nearly normal",
                        () -> MultivariateStudentT.ofCholesky(1e7, new double[] {1, 2}, new double[] {1, 0, 2, 3})));
    }

    private static Stream<Row> shares() {
        double[] logits = {0.5, -1, 0, 1};
        return Stream.of(
                Row.of("Dirichlet", () -> Dirichlet.of(2, 1, 3.5)),
                Row.of("Dirichlet, uniform", () -> Dirichlet.symmetric(3, 1)),
                Row.of("Dirichlet, at the corners", () -> Dirichlet.of(0.5, 0.7, 0.3, 1)),
                Row.of("Dirichlet, large", () -> Dirichlet.of(1e8, 3e8, 2e7)),
                Row.of("RelaxedOneHotCategorical", () -> RelaxedOneHotCategorical.ofLogits(0.8, logits)),
                Row.of(
                        "RelaxedOneHotCategorical, hot",
                        () -> RelaxedOneHotCategorical.ofProbabilities(5, new double[] {0.2, 0.7, 0.1})));
    }

    private static Stream<Row> directions() {
        return Stream.of(
                Row.of("VonMisesFisher, circle", () -> VonMisesFisher.of(new double[] {0.6, -0.8}, 2.5)),
                Row.of("VonMisesFisher, uniform", () -> VonMisesFisher.of(new double[] {0, 1, 0}, 0)),
                Row.of("VonMisesFisher, flat", () -> VonMisesFisher.of(new double[] {0.6, 0, 0.8}, 0.3)),
                Row.of(
                        "VonMisesFisher, 5",
                        () -> VonMisesFisher.of(new double[] {0.5, 0.5, -0.5, 0.1, Math.sqrt(0.24)}, 12)),
                Row.of("VonMisesFisher, narrow", () -> VonMisesFisher.of(new double[] {0.6, 0, 0.8}, 1e6)));
    }

    private static Stream<Row> matrices() {
        return Stream.of(
                Row.of("LkjCholesky, uniform", () -> LkjCholesky.of(4, 1)),
                Row.of("LkjCholesky, strong", () -> LkjCholesky.of(3, 0.6)),
                Row.of("LkjCholesky, weak", () -> LkjCholesky.of(2, 1e7)),
                Row.of("Wishart", () -> Wishart.ofScale(5.5, 3, COVARIANCE)),
                Row.of("Wishart, of precision", () -> Wishart.ofPrecision(3.25, 3, COVARIANCE)),
                Row.of("Wishart, many degrees", () -> Wishart.ofCholesky(1e7, 2, new double[] {1, 0, 2, 3})),
                Row.of("InverseWishart", () -> InverseWishart.ofScale(9, 3, COVARIANCE)),
                Row.of("InverseWishart, heavy", () -> InverseWishart.ofCholesky(2.2, 2, new double[] {1, 0, 2, 3})));
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
