package io.fluvial.testkit;

import io.fluvial.BaseDistribution;
import io.fluvial.Bijector;
import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.ScalarBijector;
import io.fluvial.base.DiagonalNormal;
import io.fluvial.base.NormalMixture;
import io.fluvial.base.StandardNormal;
import io.fluvial.base.StudentT;
import io.fluvial.bijector.ActNorm;
import io.fluvial.bijector.Autoregressive;
import io.fluvial.bijector.BatchNorm;
import io.fluvial.bijector.BlockAutoregressive;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Elementwise;
import io.fluvial.bijector.Householder;
import io.fluvial.bijector.Inverted;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Mask;
import io.fluvial.bijector.Orthogonal;
import io.fluvial.bijector.Permutation;
import io.fluvial.bijector.QrLinear;
import io.fluvial.bijector.Standardization;
import io.fluvial.bijector.SvdLinear;
import io.fluvial.distribution.FixedBase;
import io.fluvial.distribution.Normal;
import io.fluvial.distribution.Truncated;
import io.fluvial.kernel.Kernels;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Adjacency;
import io.fluvial.nn.AutoregressiveConditioner;
import io.fluvial.nn.Dependence;
import io.fluvial.nn.FreeParameters;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.Order;
import io.fluvial.nn.ResidualMaskedMlp;
import io.fluvial.nn.ResidualMlp;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.Bernstein;
import io.fluvial.scalar.CubicSpline;
import io.fluvial.scalar.DeepSigmoidal;
import io.fluvial.scalar.Exp;
import io.fluvial.scalar.Gaussianization;
import io.fluvial.scalar.InverseSoftplus;
import io.fluvial.scalar.LinearRationalSpline;
import io.fluvial.scalar.LinearSpline;
import io.fluvial.scalar.Log;
import io.fluvial.scalar.LogScale;
import io.fluvial.scalar.Logit;
import io.fluvial.scalar.MixtureOfLogistics;
import io.fluvial.scalar.PositiveIntegral;
import io.fluvial.scalar.QuadraticSpline;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Shift;
import io.fluvial.scalar.Sigmoid;
import io.fluvial.scalar.SinhArcsinh;
import io.fluvial.scalar.Softplus;
import io.fluvial.scalar.SumOfSquares;
import io.fluvial.scalar.Tails;
import io.fluvial.transform.BoxCox;
import io.fluvial.transform.Identity;
import io.fluvial.transform.TransformLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything the library ships, in every configuration that takes another path through the code, against its
/// contract. A new map, layer, network or distribution is one more line here.
class ShippedTest {

    /// One line of a table.
    ///
    /// @param name what a failure is reported under
    /// @param make makes the subject, an equal one each time
    /// @param domain where its inputs may be
    /// @param starts whether it starts as the identity (a network: at zero)
    /// @param slack see [BijectorContract#slack()]
    record Row<T>(String name, Supplier<T> make, Domain domain, boolean starts, double slack) {

        static <T> Row<T> of(Supplier<T> make) {
            return new Row<>(make.get().toString(), make, Domain.real(), true, 1);
        }

        Row<T> on(Domain where) {
            return new Row<>(name, make, where, starts, slack);
        }

        /// ReLU and its like have a kink; ELU, soft clipping and the trapezoidal rule one in the
        /// derivative; splines one at each knot; straight tails one in the next.
        boolean smooth() {
            return Stream.of("RELU", "=ELU", "SoftClip", "PositiveIntegral", "Bernstein", "Spline")
                    .noneMatch(name::contains);
        }

        /// The generic pullback through an inverse allocates.
        boolean allocates() {
            return name.contains("Inverted[inner=Tilt");
        }

        /// Does not start as the identity.
        Row<T> elsewhere() {
            return new Row<>(name, make, domain, false, slack);
        }

        Row<T> slack(double times) {
            return new Row<>(name, make, domain, starts, times);
        }

        <U> Row<U> into(Supplier<U> other) {
            return new Row<>(other.get().toString(), other, domain, starts, slack);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    // ---- the tables ------------------------------------------------------------------------------------------------

    /// In float, the knots of a spline are off by some 2⁻²³ of its box, and with them the place in a bin, which at
    /// these parameters may be a twentieth of the box.
    private static final double SPLINE = 20;

    /// Where a spline's box includes its ends.
    private static Domain closed(float bound) {
        return new Domain(-Math.nextUp(bound), Math.nextUp(bound));
    }

    /// Scalar maps.
    static List<Row<ScalarBijector>> scalars() {
        return List.of(
                Row.of(Affine::bounded),
                Row.of(() -> new Affine(new LogScale.SoftClip(Math.log(1000)))),
                Row.of(() -> new Affine(new LogScale.Sigmoid(0.01, 2))),
                Row.of(() -> new Affine(new LogScale.Softplus(0.01))),
                Row.of(Shift::new),
                Row.of(SinhArcsinh::bounded),
                Row.<ScalarBijector>of(() -> Gaussianization.of(1)),
                Row.<ScalarBijector>of(() -> Gaussianization.of(4)).elsewhere(),
                Row.of(() -> MixtureOfLogistics.of(1)),
                Row.<ScalarBijector>of(() -> MixtureOfLogistics.of(4)).elsewhere(),
                Row.of(() -> DeepSigmoidal.of(1)),
                Row.<ScalarBijector>of(() -> DeepSigmoidal.of(4)).elsewhere(),
                Row.of(() -> Bernstein.of(8, 5)),
                Row.of(() -> new SumOfSquares(3, 1, 0.2)),
                Row.<ScalarBijector>of(() -> SumOfSquares.of(3, 2)).elsewhere(),
                Row.of(() -> PositiveIntegral.of(4, 16, 5)),
                Row.of(() -> LinearSpline.of(8, 3)),
                Row.of(() -> QuadraticSpline.of(8, 3)),
                Row.of(() -> CubicSpline.of(8, 3)),
                Row.of(() -> LinearRationalSpline.of(8, 3)),
                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.of(8, 3)).slack(SPLINE),
                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.of(2, 1)).slack(SPLINE),
                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.affine(4, 2))
                        .slack(SPLINE),
                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.circular(5))
                        .on(closed((float) Math.PI))
                        .slack(SPLINE),
                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.bounded(8, 2))
                        .on(closed(2))
                        .slack(SPLINE),
                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.bounded(1, 2))
                        .on(closed(2))
                        .slack(SPLINE),
                Row.<ScalarBijector>of(Exp::new).elsewhere(),
                Row.<ScalarBijector>of(Log::new).on(Domain.positive()).elsewhere(),
                Row.<ScalarBijector>of(Sigmoid::new).elsewhere(),
                Row.<ScalarBijector>of(Logit::unit).on(Domain.unit()).elsewhere(),
                Row.<ScalarBijector>of(() -> new Logit(-3, 5))
                        .on(new Domain(-3, 5))
                        .elsewhere(),
                Row.<ScalarBijector>of(Softplus::new).elsewhere(),
                Row.<ScalarBijector>of(InverseSoftplus::new)
                        .on(Domain.positive())
                        .elsewhere(),
                Row.of(SoftStep::new));
    }

    /// Scalar maps for layers: splines of few wide bins, so that knots are far apart. Steps of differences move
    /// every feature and every parameter at once, and prove nothing where one of them crosses a kink.
    private static List<Row<ScalarBijector>> scalarsInLayers() {
        return Stream.concat(
                        scalars().stream().filter(row -> !row.name().contains("Spline")),
                        Stream.of(
                                Row.<ScalarBijector>of(() -> LinearSpline.of(3, 20)),
                                Row.<ScalarBijector>of(() -> QuadraticSpline.of(3, 20)),
                                Row.<ScalarBijector>of(() -> CubicSpline.of(3, 20)),
                                Row.<ScalarBijector>of(() -> LinearRationalSpline.of(3, 20)),
                                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.of(3, 20)),
                                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.affine(3, 20)),
                                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.of(2, 20)
                                                .withTails(Tails.CIRCULAR))
                                        .on(closed(20)),
                                Row.<ScalarBijector>of(() -> RationalQuadraticSpline.bounded(3, 20))
                                        .on(closed(20))))
                .toList();
    }

    /// Networks.
    static List<Row<Conditioner>> conditioners() {
        List<Row<Conditioner>> rows = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            rows.add(Row.of(() -> Mlp.of(3, 4, 8, 6).withActivation(activation)));
            rows.add(Row.of(() -> ResidualMlp.factory(8, 2, activation, 0).of(3, 5)));
        }
        rows.add(Row.of(() -> Mlp.of(1, 1, 1)));
        rows.add(Row.of(() -> Mlp.of(17, 19, 16, 33, 7).withActivation(Activation.TANH)));
        rows.add(Row.of(() -> Mlp.of(2, 3, 8).withDropout(0.5)));
        rows.add(Row.of(() -> ResidualMlp.factory(8, 1, Activation.SILU, 0.3).of(2, 3)));
        for (Dependence dependence : dependences()) {
            for (int contextDim : new int[] {0, 2}) {
                rows.add(Row.of(
                        () -> MaskedMlp.of(dependence, contextDim, 2, 12, 9).withActivation(Activation.TANH)));
                rows.add(Row.of(() -> new ResidualMaskedMlp(dependence, contextDim, 10, 2, 3, Activation.SILU, 0)));
            }
        }
        rows.add(Row.of(() -> MaskedMlp.of(Order.natural(5), 1, 2, 16, 16)));
        rows.add(Row.<Conditioner>of(() -> MaskedMlp.of(Order.natural(1), 0, 3, 8))
                .elsewhere());
        rows.add(Row.of(() -> MaskedMlp.of(Order.natural(30), 0, 1, 17, 40).withActivation(Activation.TANH)));
        rows.add(Row.of(() -> MaskedMlp.of(Order.natural(4), 0, 2, 8).withDropout(0.5)));
        rows.add(Row.<Conditioner>of(() -> FreeParameters.of(5)));
        rows.add(Row.<Conditioner>of(() -> new FreeParameters(3, 4)).elsewhere());
        return rows;
    }

    /// Every kind of structure.
    static List<Dependence> dependences() {
        return List.of(
                Order.natural(5),
                Order.reverse(4),
                Order.random(6, new SplittableRandom(3)),
                Order.natural(5).withPasses(2),
                Order.of(2, 0, 1).withPasses(1),
                Adjacency.of(List.of(List.of(), List.of(), List.of(0, 1), List.of(1), List.of(2))),
                Adjacency.of(List.of(List.of(2), List.of(0, 2), List.of(), List.of()))
                        .withContext(List.of(List.of(), List.of(), List.of(), List.of())));
    }

    private static final AutoregressiveConditioner.Factory MASKED =
            MaskedMlp.factory(List.of(12, 8), Activation.TANH, 0);

    private static final Conditioner.Factory NET = Mlp.factory(List.of(8), Activation.TANH, 0);

    /// Layers.
    static List<Row<Bijector>> bijectors() {
        List<Row<Bijector>> rows = new ArrayList<>();
        List<Supplier<Mask>> masks = List.of(
                () -> Mask.alternating(5, 0),
                () -> Mask.half(4, true).complement(),
                () -> Mask.random(6, new SplittableRandom(1)),
                () -> Mask.of(3, 2, 0));
        for (Row<ScalarBijector> scalar : scalarsInLayers()) {
            if (scalar.make().get().parameterCount() > 0) {
                for (int k = 0; k < masks.size(); k++) {
                    Supplier<Mask> mask = masks.get(k);
                    int contextDim = k % 3;
                    rows.add(scalar.into(() ->
                            Coupling.of(mask.get(), contextDim, scalar.make().get(), NET)));
                }
                rows.add(scalar.into(
                        () -> Elementwise.conditional(2, 3, scalar.make().get(), NET)));
            }
            rows.add(scalar.into(() -> Elementwise.of(3, scalar.make().get())));
            rows.add(scalar.into(() -> Elementwise.of(1, scalar.make().get())));
        }
        for (Activation activation : Activation.values()) {
            rows.add(Row.of(() ->
                    Coupling.of(Mask.half(4, false), 1, Affine.bounded(), Mlp.factory(List.of(8, 8), activation, 0))));
            rows.add(Row.of(() -> Coupling.of(
                    Mask.alternating(3, 1), 0, Affine.bounded(), ResidualMlp.factory(8, 1, activation, 0))));
        }
        for (Dependence dependence : dependences()) {
            rows.add(Row.of(() -> Autoregressive.of(dependence, 0, Affine.bounded(), MASKED)));
            rows.add(Row.of(() -> Autoregressive.of(
                    dependence, 2, SinhArcsinh.bounded(), ResidualMaskedMlp.factory(10, 1, Activation.SILU, 0))));
        }
        rows.add(Row.of(() ->
                Coupling.of(Mask.alternating(4, 0), 2, Affine.bounded(), NET).withInputBound(1.5)));
        rows.add(Row.of(() -> Autoregressive.of(Order.random(4, new SplittableRandom(6)), 2, Affine.bounded(), MASKED)
                .withInputBound(1.5)));
        rows.add(Row.of(() -> Autoregressive.of(Order.natural(1), 0, Affine.bounded(), MASKED)));
        rows.add(Row.of(() -> Autoregressive.of(Order.natural(1), 2, Affine.bounded(), MASKED)));
        rows.add(Row.<Bijector>of(() -> Autoregressive.of(Order.natural(40), 1, Affine.bounded(), MASKED))
                .slack(4));
        rows.add(Row.of(() -> Coupling.of(Mask.of(1, 0), 2, Affine.bounded(), NET))); // conditions on the context alone
        rows.add(Row.of(() -> Coupling.of(
                Mask.alternating(2, 0), 0, Affine.bounded(), Mlp.factory(List.of(8), Activation.RELU, 0.5))));
        rows.add(Row.<Bijector>of(() -> Permutation.reverse(5)).elsewhere());
        rows.add(Row.<Bijector>of(() -> Permutation.rotation(5, 2)).elsewhere());
        rows.add(Row.<Bijector>of(() -> Permutation.random(6, new SplittableRandom(2)))
                .elsewhere());
        rows.add(Row.of(() -> Permutation.of(0)));
        for (int dim : new int[] {1, 3}) {
            rows.add(Row.of(() -> new ActNorm(dim)));
            rows.add(Row.of(() -> new BatchNorm(dim)));
            rows.add(Row.of(() -> new Orthogonal(dim)));
            rows.add(Row.of(() -> new Standardization(dim)));
            rows.add(Row.of(() -> LuLinear.of(dim)));
            rows.add(Row.of(() -> LuLinear.whitening(dim)));
        }
        rows.add(Row.<Bijector>of(() -> LuLinear.of(6)).slack(4));
        for (int dim : new int[] {1, 4}) {
            rows.add(Row.of(() -> new Householder(dim, 2)));
            rows.add(Row.<Bijector>of(() -> new Householder(dim, 3)).elsewhere()); // its determinant is −1
            rows.add(Row.of(() -> QrLinear.of(dim)));
            rows.add(Row.of(() -> SvdLinear.of(dim)));
        }
        rows.add(Row.of(() -> new Householder(6, 10)));
        rows.add(Row.of(() -> new Orthogonal(6)));
        rows.add(Row.of(() -> new QrLinear(3, 0)));
        rows.add(Row.<Bijector>of(() -> new QrLinear(3, 1)).elsewhere());
        rows.add(Row.of(() -> new SvdLinear(3, 0)));
        rows.add(Row.of(() -> new SvdLinear(3, 1)));
        rows.add(Row.<Bijector>of(() -> BlockAutoregressive.of(1, 1, 1)).elsewhere());
        rows.add(Row.<Bijector>of(() -> BlockAutoregressive.of(3, 4, 1)).elsewhere());
        rows.add(Row.<Bijector>of(() -> new BlockAutoregressive(2, 3, 5, 2)).elsewhere());
        rows.add(Row.<Bijector>of(() -> new BlockAutoregressive(4, 1, 3, 3)).elsewhere());
        rows.add(Row.of(Tilt::new));
        rows.addAll(inverted());
        rows.addAll(chains());
        return rows;
    }

    private static List<Row<Bijector>> inverted() {
        return List.of(
                Row.<Bijector>of(() -> new Inverted(Coupling.of(Mask.alternating(4, 0), 1, Affine.bounded(), NET))),
                Row.<Bijector>of(() -> new Inverted(Coupling.of(Mask.alternating(3, 1), 0, new SoftStep(), NET))),
                Row.<Bijector>of(() -> new Inverted(Elementwise.conditional(2, 2, SinhArcsinh.bounded(), NET))),
                Row.<Bijector>of(() ->
                        new Inverted(Coupling.of(Mask.alternating(3, 1), 0, RationalQuadraticSpline.of(3, 20), NET))),
                Row.<Bijector>of(() -> new Inverted(Elementwise.of(2, new Exp())))
                        .on(Domain.positive())
                        .elsewhere(),
                Row.<Bijector>of(() -> new Inverted(Elementwise.of(2, new Sigmoid())))
                        .on(Domain.unit())
                        .elsewhere(),
                Row.<Bijector>of(() -> new Inverted(Permutation.rotation(5, 2))).elsewhere(),
                Row.<Bijector>of(() -> new Inverted(new ActNorm(3))),
                Row.<Bijector>of(() -> new Inverted(new BatchNorm(3))),
                Row.<Bijector>of(() -> new Inverted(new BlockAutoregressive(3, 2, 4, 2)))
                        .elsewhere(),
                Row.<Bijector>of(() -> new Inverted(new Orthogonal(4))),
                Row.<Bijector>of(() -> new Inverted(new Standardization(3))),
                Row.<Bijector>of(() -> new Inverted(LuLinear.of(4))),
                Row.<Bijector>of(() -> new Inverted(new Inverted(LuLinear.of(3)))),
                Row.<Bijector>of(() -> new Inverted(
                        Autoregressive.of(Order.random(5, new SplittableRandom(4)), 2, Affine.bounded(), MASKED))),
                Row.<Bijector>of(() -> new Inverted(Autoregressive.of(
                        Order.reverse(4), 0, new SoftStep(), ResidualMaskedMlp.factory(8, 2, Activation.TANH, 0)))),
                Row.<Bijector>of(() -> new Inverted(new Householder(4, 4))),
                Row.<Bijector>of(() -> new Inverted(QrLinear.of(3))),
                Row.<Bijector>of(() -> new Inverted(SvdLinear.of(3))),
                Row.<Bijector>of(() -> new Inverted(new Tilt())),
                Row.<Bijector>of(() -> new Inverted(Chain.of(
                                new ActNorm(3),
                                LuLinear.of(3),
                                Coupling.of(Mask.alternating(3, 0), 2, Affine.bounded(), NET))))
                        .slack(4));
    }

    private static List<Row<Bijector>> chains() {
        return List.of(
                Row.<Bijector>of(() -> Chain.of(LuLinear.of(2))),
                Row.<Bijector>of(() -> Chain.of(new ActNorm(2), LuLinear.of(2))),
                Row.<Bijector>of(() -> Chain.of(
                                new Standardization(4),
                                Coupling.of(Mask.alternating(4, 0), 0, Affine.bounded(), NET),
                                Permutation.reverse(4),
                                Coupling.of(Mask.alternating(4, 0), 2, SinhArcsinh.bounded(), NET),
                                LuLinear.of(4)))
                        .elsewhere()
                        .slack(4),
                Row.<Bijector>of(() -> Chain.of(
                                new ActNorm(3),
                                Chain.of(
                                        Coupling.of(Mask.half(3, true), 1, Affine.bounded(), NET),
                                        new Inverted(Coupling.of(Mask.half(3, false), 1, Affine.bounded(), NET)),
                                        Chain.of(new ActNorm(3), LuLinear.of(3), new ActNorm(3)),
                                        Coupling.of(Mask.half(3, true), 0, Affine.bounded(), NET)),
                                new ActNorm(3)))
                        .slack(8),
                Row.<Bijector>of(() -> Chain.of(new Tilt(), new Inverted(new Tilt()), new ActNorm(2)))
                        .slack(4),
                Row.<Bijector>of(() -> TransformLayer.of(
                                io.fluvial.transform.Elementwise.of(io.fluvial.transform.SinhArcsinh.of(0.3, 1.2), 2)))
                        .elsewhere(),
                Row.<Bijector>of(() -> TransformLayer.of(io.fluvial.transform.Elementwise.of(new Identity(), 3))),
                Row.<Bijector>of(() -> TransformLayer.of(io.fluvial.transform.Elementwise.of(
                                List.of(new io.fluvial.transform.Log(), BoxCox.of(0.3)))))
                        .on(Domain.positive())
                        .elsewhere(),
                Row.<Bijector>of(() -> Chain.of(
                                Elementwise.of(2, new Log()),
                                new Standardization(2),
                                Coupling.of(Mask.of(2, 1), 0, Affine.bounded(), NET)))
                        .on(Domain.positive())
                        .elsewhere());
    }

    /// Distributions.
    static List<Row<BaseDistribution>> distributions() {
        return List.of(
                Row.of(() -> StandardNormal.of(1)),
                Row.of(() -> StandardNormal.of(2)),
                Row.of(() -> StandardNormal.of(5)),
                Row.of(() -> DiagonalNormal.of(1)),
                Row.of(() -> DiagonalNormal.of(3)),
                Row.of(() -> DiagonalNormal.conditional(2, 2, NET)),
                Row.of(() -> StudentT.of(1)),
                Row.of(() -> StudentT.conditional(2, 1, NET)),
                Row.of(() -> FixedBase.of(Normal.of(0.5, 2))),
                Row.<BaseDistribution>of(() -> FixedBase.of(Truncated.of(Normal.of(0.5, 2), -1, 3)))
                        .on(new Domain(-1, 3)),
                Row.of(() -> NormalMixture.of(1, 1)),
                Row.of(() -> NormalMixture.of(2, 3)),
                Row.of(() -> NormalMixture.conditional(1, 3, 2, NET)));
    }

    /// Flows.
    static List<Row<Flow>> flows() {
        return List.of(
                Row.of(() -> new Flow(LuLinear.of(1), StandardNormal.of(1))),
                Row.of(() -> new Flow(Elementwise.of(1, SinhArcsinh.bounded()), StandardNormal.of(1))),
                Row.of(() ->
                        new Flow(Chain.of(Elementwise.of(1, new SoftStep()), new ActNorm(1)), StandardNormal.of(1))),
                Row.<Flow>of(() ->
                                new Flow(Chain.of(Elementwise.of(1, new Log()), new ActNorm(1)), StandardNormal.of(1)))
                        .on(Domain.positive()),
                Row.<Flow>of(() -> new Flow(Elementwise.of(1, RationalQuadraticSpline.of(8, 3)), StandardNormal.of(1)))
                        .slack(SPLINE),
                Row.<Flow>of(() ->
                                new Flow(Elementwise.of(1, RationalQuadraticSpline.affine(4, 2)), StandardNormal.of(1)))
                        .slack(SPLINE),
                Row.<Flow>of(() -> new Flow(Elementwise.of(1, Logit.unit()), StandardNormal.of(1)))
                        .on(Domain.unit()),
                Row.of(() -> new Flow(Elementwise.conditional(1, 2, Affine.bounded(), NET), StandardNormal.of(1))),
                Row.of(() -> new Flow(
                        Chain.of(
                                new Standardization(2),
                                Coupling.of(Mask.of(2, 0), 0, Affine.bounded(), NET),
                                Coupling.of(Mask.of(2, 1), 0, SinhArcsinh.bounded(), NET),
                                LuLinear.of(2)),
                        StandardNormal.of(2))),
                Row.of(() -> new Flow(
                        Chain.of(
                                Coupling.of(
                                        Mask.of(2, 0),
                                        3,
                                        Affine.bounded(),
                                        Mlp.factory(List.of(8), Activation.RELU, 0)),
                                new Inverted(Coupling.of(Mask.of(2, 1), 3, Affine.bounded(), NET))),
                        StandardNormal.of(2))),
                Row.of(() -> new Flow(BlockAutoregressive.of(2, 4, 2), StandardNormal.of(2))),
                Row.of(() -> new Flow(new Tilt(), StandardNormal.of(2))),
                Row.of(() -> new Flow(
                        Chain.of(
                                Coupling.of(Mask.alternating(6, 0), 0, Affine.bounded(), NET),
                                Permutation.rotation(6, 1),
                                Coupling.of(Mask.alternating(6, 0), 0, Affine.bounded(), NET)),
                        StandardNormal.of(6))));
    }

    // ---- the contracts ---------------------------------------------------------------------------------------------

    static List<Kernels> kernels() {
        return Kernels.best().equals(Kernels.scalar())
                ? List.of(Kernels.scalar())
                : List.of(Kernels.scalar(), Kernels.best());
    }

    /// Every line with every kernel provider.
    private static <T> Stream<Arguments> withKernels(List<Row<T>> rows) {
        return kernels().stream().flatMap(k -> rows.stream().map(row -> Arguments.of(row, k.name(), k)));
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.fluvial.testkit.ShippedTest#scalars")
    class Scalars extends ScalarBijectorContract {

        @Parameter
        Row<ScalarBijector> row;

        @Override
        protected ScalarBijector subject() {
            return row.make().get();
        }

        @Override
        protected Domain domain() {
            return row.domain();
        }

        @Override
        protected boolean smooth() {
            return row.smooth();
        }

        @Override
        protected boolean startsAsIdentity() {
            return row.starts();
        }

        @Override
        protected double slack() {
            return row.slack();
        }
    }

    static Stream<Arguments> conditionersWithKernels() {
        return withKernels(conditioners());
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}, {1}")
    @MethodSource("io.fluvial.testkit.ShippedTest#conditionersWithKernels")
    class Conditioners extends ConditionerContract {

        @Parameter(0)
        Row<Conditioner> row;

        @Parameter(1)
        String kernelName;

        @Parameter(2)
        Kernels kernels;

        @Override
        protected Conditioner subject() {
            return row.make().get();
        }

        @Override
        protected boolean allocates() {
            return row.allocates();
        }

        @Override
        protected Kernels kernels() {
            return kernels;
        }

        @Override
        protected Domain domain() {
            return row.domain();
        }

        @Override
        protected boolean smooth() {
            return row.smooth();
        }

        @Override
        protected boolean startsAtZero() {
            return row.starts();
        }

        @Override
        protected boolean ignores(int row) {
            return switch (subject()) {
                case FreeParameters _ -> true;
                case AutoregressiveConditioner masked ->
                    !(row < masked.contextDim()
                            ? contextIsSeen(masked.dependence())
                            : isSeen(masked.dependence(), row - masked.contextDim()));
                default -> false;
            };
        }
    }

    /// Whether any feature looks at the one at a position.
    private static boolean isSeen(Dependence dependence, int position) {
        return switch (dependence) {
            case Order order -> order.stepAt(position) < order.steps() - 1;
            case Adjacency adjacency ->
                adjacency.parents().stream()
                        .anyMatch(
                                parents -> parents.contains(adjacency.sequence().get(position)));
        };
    }

    /// Whether features look at the context, in the structures above.
    private static boolean contextIsSeen(Dependence dependence) {
        return !(dependence instanceof Adjacency adjacency
                && adjacency.context().stream().allMatch(List::isEmpty)
                && !adjacency.context().isEmpty());
    }

    static Stream<Arguments> bijectorsWithKernels() {
        return withKernels(bijectors());
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}, {1}")
    @MethodSource("io.fluvial.testkit.ShippedTest#bijectorsWithKernels")
    class Bijectors extends BijectorContract {

        @Parameter(0)
        Row<Bijector> row;

        @Parameter(1)
        String kernelName;

        @Parameter(2)
        Kernels kernels;

        @Override
        protected Bijector subject() {
            return row.make().get();
        }

        @Override
        protected boolean allocates() {
            return row.allocates();
        }

        @Override
        protected Kernels kernels() {
            return kernels;
        }

        @Override
        protected Domain domain() {
            return row.domain();
        }

        @Override
        protected boolean smooth() {
            return row.smooth();
        }

        @Override
        protected boolean startsAsIdentity() {
            return row.starts();
        }

        @Override
        protected boolean ignores(int row) {
            Bijector subject = subject();
            return row >= subject.dim()
                    && subject instanceof Autoregressive layer
                    && !contextIsSeen(layer.conditioner().dependence());
        }

        @Override
        protected double slack() {
            return row.slack();
        }
    }

    static Stream<Arguments> distributionsWithKernels() {
        return withKernels(distributions());
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}, {1}")
    @MethodSource("io.fluvial.testkit.ShippedTest#distributionsWithKernels")
    class Distributions extends BaseDistributionContract {

        @Parameter(0)
        Row<BaseDistribution> row;

        @Parameter(1)
        String kernelName;

        @Parameter(2)
        Kernels kernels;

        @Override
        protected BaseDistribution subject() {
            return row.make().get();
        }

        @Override
        protected boolean allocates() {
            return row.allocates();
        }

        @Override
        protected Kernels kernels() {
            return kernels;
        }

        @Override
        protected Domain domain() {
            return row.domain();
        }

        @Override
        protected boolean smooth() {
            return row.smooth();
        }
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.fluvial.testkit.ShippedTest#flows")
    class Flows extends FlowContract {

        @Parameter
        Row<Flow> row;

        @Override
        protected Flow subject() {
            return row.make().get();
        }

        @Override
        protected Domain domain() {
            return row.domain();
        }

        @Override
        protected boolean smooth() {
            return row.smooth();
        }

        @Override
        protected double slack() {
            return row.slack();
        }
    }
}
