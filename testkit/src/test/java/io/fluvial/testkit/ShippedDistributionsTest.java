package io.fluvial.testkit;

import io.fluvial.distribution.Beta;
import io.fluvial.distribution.Cauchy;
import io.fluvial.distribution.ChiSquared;
import io.fluvial.distribution.ContinuousBernoulli;
import io.fluvial.distribution.Exponential;
import io.fluvial.distribution.FisherSnedecor;
import io.fluvial.distribution.Gamma;
import io.fluvial.distribution.GeneralizedNormal;
import io.fluvial.distribution.GeneralizedPareto;
import io.fluvial.distribution.Gumbel;
import io.fluvial.distribution.HalfCauchy;
import io.fluvial.distribution.HalfNormal;
import io.fluvial.distribution.InverseGamma;
import io.fluvial.distribution.Kumaraswamy;
import io.fluvial.distribution.Laplace;
import io.fluvial.distribution.LogNormal;
import io.fluvial.distribution.Logistic;
import io.fluvial.distribution.LogitNormal;
import io.fluvial.distribution.Normal;
import io.fluvial.distribution.Pareto;
import io.fluvial.distribution.RelaxedBernoulli;
import io.fluvial.distribution.ScalarDistribution;
import io.fluvial.distribution.StudentT;
import io.fluvial.distribution.TransformedDistribution;
import io.fluvial.distribution.Triangular;
import io.fluvial.distribution.Truncated;
import io.fluvial.distribution.TruncatedNormal;
import io.fluvial.distribution.Uniform;
import io.fluvial.distribution.VonMises;
import io.fluvial.distribution.Weibull;
import io.fluvial.testkit.ScalarDistributionContract.Moment;
import io.fluvial.transform.Abs;
import io.fluvial.transform.AffineTransform;
import io.fluvial.transform.Exp;
import io.fluvial.transform.Fold;
import io.fluvial.transform.LambertWTail;
import io.fluvial.transform.Sigmoid;
import io.fluvial.transform.SinhArcsinh;
import io.fluvial.transform.Wrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Every shipped distribution of one number, in every configuration that takes another path through the code, against
/// its contract. A new one is one more line here.
@SuppressWarnings("NullAway.Init") // JUnit sets the parameters
@ParameterizedClass(name = "{0}")
@MethodSource("rows")
class ShippedDistributionsTest extends ScalarDistributionContract {

    /// One line of a table.
    ///
    /// @param without moments that are not finite
    /// @param slack see [ScalarDistributionContract#slack()]
    record Row(String name, Supplier<ScalarDistribution> make, Set<Moment> without, double slack) {

        static Row of(Supplier<ScalarDistribution> make) {
            return new Row(make.get().toString(), make, EnumSet.noneOf(Moment.class), 1);
        }

        Row without(Moment... moments) {
            Set<Moment> set = EnumSet.noneOf(Moment.class);
            Collections.addAll(set, moments);
            return new Row(name, make, set, slack);
        }

        Row slack(double times) {
            return new Row(name, make, without, times);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Parameter
    Row row;

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        continuous(rows);
        transformed(rows);
        discrete(rows);
        circular(rows);
        return rows.stream();
    }

    // ---- continuous families ---------------------------------------------------------------------------------------

    private static void continuous(List<Row> rows) {
        rows.add(Row.of(Normal::standard));
        rows.add(Row.of(() -> Normal.of(0.5, 2)));
        rows.add(Row.of(() -> Normal.of(-1e3, 1e-3)));
        rows.add(Row.of(() -> HalfNormal.of(1.5)));
        rows.add(Row.of(() -> Laplace.of(-0.5, 0.7)));
        rows.add(Row.of(() -> Logistic.of(0, 1)));
        rows.add(Row.of(() -> Logistic.of(300, 0.1)));
        rows.add(Row.of(() -> Cauchy.of(0.3, 2)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> HalfCauchy.of(0.2)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> Gumbel.of(-2, 3)));
        rows.add(Row.of(() -> Exponential.of(2.5)));
        rows.add(Row.of(() -> Weibull.of(2, 1)));
        rows.add(Row.of(() -> Weibull.of(0.5, 0.4)));
        rows.add(Row.of(() -> Weibull.of(3, 200)));
        rows.add(Row.of(() -> Pareto.of(2, 5)));
        rows.add(Row.of(() -> Pareto.of(1e-3, 0.8)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> StudentT.of(5, 0.3, 2)));
        rows.add(Row.of(() -> StudentT.of(1.5, 0, 1)).without(Moment.VARIANCE));
        rows.add(Row.of(() -> StudentT.of(0.1, -1, 0.5)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> StudentT.of(1e10, 0, 1)));
        rows.add(Row.of(() -> StudentT.of(300, 10, 0.1)));
        rows.add(Row.of(() -> GeneralizedPareto.of(0.5, 2, 0)));
        rows.add(Row.of(() -> GeneralizedPareto.of(0, 1, 0.3)));
        rows.add(Row.of(() -> GeneralizedPareto.of(-1, 0.5, 1.2)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> GeneralizedPareto.of(0, 1, -0.4)));
        rows.add(Row.of(() -> GeneralizedPareto.of(0, 3, -1)));
        rows.add(Row.of(() -> GeneralizedPareto.of(0, 1, 1e-12)));
        rows.add(Row.of(() -> Gamma.ofShapeRate(2.5, 3)));
        rows.add(Row.of(() -> Gamma.ofShapeScale(1, 0.2)));
        rows.add(Row.of(() -> Gamma.ofShapeRate(0.3, 1)));
        rows.add(Row.of(() -> Gamma.ofShapeRate(1e-3, 1)));
        rows.add(Row.of(() -> Gamma.ofShapeRate(50, 0.1)));
        rows.add(Row.of(() -> Gamma.ofShapeRate(1e8, 1)));
        rows.add(Row.of(() -> InverseGamma.of(3.5, 2)));
        rows.add(Row.of(() -> InverseGamma.of(0.7, 1)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> InverseGamma.of(1e6, 10)));
        rows.add(Row.of(() -> ChiSquared.of(1)));
        rows.add(Row.of(() -> ChiSquared.of(7)));
        rows.add(Row.of(() -> FisherSnedecor.of(3, 9)));
        rows.add(Row.of(() -> FisherSnedecor.of(2, 3)).without(Moment.VARIANCE));
        rows.add(Row.of(() -> FisherSnedecor.of(0.5, 1)).without(Moment.MEAN, Moment.VARIANCE));
        rows.add(Row.of(() -> FisherSnedecor.of(1e6, 40)));
        rows.add(Row.of(() -> Beta.of(2, 3.5)));
        rows.add(Row.of(() -> Beta.of(1, 1)));
        rows.add(Row.of(() -> Beta.of(0.5, 0.5)));
        rows.add(Row.of(() -> Beta.of(0.01, 0.01)));
        rows.add(Row.of(() -> Beta.of(1, 4)));
        rows.add(Row.of(() -> Beta.of(1e6, 1e6)));
        rows.add(Row.of(() -> Beta.of(1e5, 0.7)));
        rows.add(Row.of(() -> Kumaraswamy.of(2, 3.5)));
        rows.add(Row.of(() -> Kumaraswamy.of(0.6, 0.8)));
        rows.add(Row.of(() -> Kumaraswamy.of(1, 1)));
        rows.add(Row.of(() -> Kumaraswamy.of(20, 300)));
        rows.add(Row.of(() -> Uniform.of(0, 1)));
        rows.add(Row.of(() -> Uniform.of(-1000.5, -1000)));
        rows.add(Row.of(() -> Triangular.of(-1, 0.5, 1.25)));
        rows.add(Row.of(() -> Triangular.of(100, 100.001, 103)));
        rows.add(Row.of(() -> GeneralizedNormal.of(0.5, 2, 1.5)));
        rows.add(Row.of(() -> GeneralizedNormal.of(0, 1, 0.4)));
        rows.add(Row.of(() -> GeneralizedNormal.of(3, 1, 40)));
        rows.add(Row.of(() -> ContinuousBernoulli.of(0.3)));
        rows.add(Row.of(() -> ContinuousBernoulli.of(0.5)));
        rows.add(Row.of(() -> ContinuousBernoulli.of(0.5 + 1e-9)));
        rows.add(Row.of(() -> ContinuousBernoulli.ofLogit(30)));
        rows.add(Row.of(() -> ContinuousBernoulli.ofLogit(-800)));
        rows.add(Row.of(() -> ContinuousBernoulli.ofLogit(800)));
        rows.add(Row.of(() -> RelaxedBernoulli.of(0.5, 0.3)).without(Moment.MEAN, Moment.VARIANCE, Moment.ENTROPY));
        rows.add(Row.of(() -> RelaxedBernoulli.ofLogit(1, 0.7)).without(Moment.MEAN, Moment.VARIANCE, Moment.ENTROPY));
        rows.add(Row.of(() -> RelaxedBernoulli.of(2.2, 0.9)).without(Moment.MEAN, Moment.VARIANCE, Moment.ENTROPY));
    }

    // ---- transformed and truncated ---------------------------------------------------------------------------------

    private static void transformed(List<Row> rows) {
        rows.add(Row.of(() -> LogNormal.of(0.3, 0.5)));
        rows.add(Row.of(() -> LogNormal.of(-3, 2)));
        rows.add(Row.of(() -> LogitNormal.of(0.5, 1)));
        rows.add(Row.of(() -> LogitNormal.of(-3, 1.5)));
        rows.add(Row.of(() -> TruncatedNormal.of(0, 1, -1, 2)));
        rows.add(Row.of(() -> TruncatedNormal.of(1, 2, 1.5, Double.POSITIVE_INFINITY)));
        rows.add(Row.of(() -> TruncatedNormal.of(0, 1, 30, 31)));
        rows.add(Row.of(() -> TruncatedNormal.of(0, 1, Double.NEGATIVE_INFINITY, -50)));
        rows.add(Row.of(() -> TruncatedNormal.of(3, 0.5, -1, 8)));
        rows.add(Row.of(() -> Truncated.of(Normal.standard(), -1, 2)));
        // an ulp of z = 30 is 1e-13 of the normal's own probability
        rows.add(Row.of(() -> Truncated.of(Normal.standard(), 30, 31)).slack(10));
        rows.add(Row.of(() -> Truncated.of(Cauchy.of(0, 1), 1, 20)));
        rows.add(Row.of(() -> Truncated.of(Exponential.of(2), 1, 3)));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.of(0.3, 0.5), new Exp())));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.of(0.3, 0.5), AffineTransform.of(1, -2))));
        rows.add(Row.of(() -> TransformedDistribution.of(Exponential.of(2), AffineTransform.of(1, -2), new Exp())));
        rows.add(Row.of(() -> TransformedDistribution.of(Truncated.of(Normal.of(3, 1), 2, 5), new Exp())));
        rows.add(Row.of(() -> TransformedDistribution.of(Logistic.of(0, 1), new Sigmoid())));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.standard(), LambertWTail.of(0.1))));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.standard(), SinhArcsinh.of(0.5, 1.3))));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.of(0.5, 1), new Abs())));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.of(0.5, 2), Wrap.angle())));
        rows.add(Row.of(() -> TransformedDistribution.of(Normal.of(0.5, 1), Fold.of(-1, 2))));
    }

    // ---- discrete families, mixtures -------------------------------------------------------------------------------

    @SuppressWarnings("unused") // rows go here
    private static void discrete(List<Row> rows) {}

    // ---- angles ----------------------------------------------------------------------------------------------------

    private static void circular(List<Row> rows) {
        rows.add(Row.of(() -> VonMises.of(0.5, 0)));
        rows.add(Row.of(() -> VonMises.of(2, 0.25)));
        rows.add(Row.of(() -> VonMises.of(-1, 0.5)));
        rows.add(Row.of(() -> VonMises.of(3, 4)));
        rows.add(Row.of(() -> VonMises.of(100, 45)));
        rows.add(Row.of(() -> VonMises.of(0.25, 1e6)));
    }

    // ---- the contract ----------------------------------------------------------------------------------------------

    @Override
    protected ScalarDistribution subject() {
        return row.make().get();
    }

    @Override
    protected Set<Moment> without() {
        return row.without();
    }

    @Override
    protected double slack() {
        return row.slack();
    }
}
