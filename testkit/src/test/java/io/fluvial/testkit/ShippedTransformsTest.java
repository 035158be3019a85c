package io.fluvial.testkit;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Ball;
import io.fluvial.constraint.BlockDiagonal;
import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.CorrelationCholesky;
import io.fluvial.constraint.CorrelationMatrix;
import io.fluvial.constraint.Counts;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.LowerCholesky;
import io.fluvial.constraint.LowerTriangular;
import io.fluvial.constraint.OneHot;
import io.fluvial.constraint.Ordered;
import io.fluvial.constraint.PositiveDefinite;
import io.fluvial.constraint.PositiveOrdered;
import io.fluvial.constraint.PositiveSemidefinite;
import io.fluvial.constraint.Shape;
import io.fluvial.constraint.Simplex;
import io.fluvial.constraint.Sphere;
import io.fluvial.constraint.Stack;
import io.fluvial.constraint.Symmetric;
import io.fluvial.constraint.ZeroSum;
import io.fluvial.distribution.CumulativeDistribution;
import io.fluvial.distribution.Normal;
import io.fluvial.transform.Abs;
import io.fluvial.transform.AffineTransform;
import io.fluvial.transform.BoxCox;
import io.fluvial.transform.CatTransform;
import io.fluvial.transform.Constraints;
import io.fluvial.transform.Elementwise;
import io.fluvial.transform.Exp;
import io.fluvial.transform.Fold;
import io.fluvial.transform.Identity;
import io.fluvial.transform.IntoBall;
import io.fluvial.transform.IntoBlockDiagonal;
import io.fluvial.transform.IntoCorrelationCholesky;
import io.fluvial.transform.IntoCorrelationMatrix;
import io.fluvial.transform.IntoInterval;
import io.fluvial.transform.IntoLowerCholesky;
import io.fluvial.transform.IntoLowerTriangular;
import io.fluvial.transform.IntoOrdered;
import io.fluvial.transform.IntoPositiveDefinite;
import io.fluvial.transform.IntoPositiveOrdered;
import io.fluvial.transform.IntoSphere;
import io.fluvial.transform.IntoSymmetric;
import io.fluvial.transform.IntoZeroSum;
import io.fluvial.transform.LambertWTail;
import io.fluvial.transform.Log;
import io.fluvial.transform.LowerTriangularAffine;
import io.fluvial.transform.Permute;
import io.fluvial.transform.Power;
import io.fluvial.transform.Reshape;
import io.fluvial.transform.Sigmoid;
import io.fluvial.transform.SignedPower;
import io.fluvial.transform.SinhArcsinh;
import io.fluvial.transform.SoftClip;
import io.fluvial.transform.Softmax;
import io.fluvial.transform.Softplus;
import io.fluvial.transform.SoftplusClip;
import io.fluvial.transform.SphericalAngles;
import io.fluvial.transform.StackTransform;
import io.fluvial.transform.StickBreaking;
import io.fluvial.transform.Tanh;
import io.fluvial.transform.TorusEmbedding;
import io.fluvial.transform.Transform;
import io.fluvial.transform.Wrap;
import io.fluvial.transform.YeoJohnson;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Every constraint and transform that the library ships, against its contract. A new one is one more line here.
class ShippedTransformsTest {

    /// A constraint, events of it and events outside, each a list of numbers.
    ///
    /// @param scale see [ConstraintContract#largestScale()]
    record Set(Supplier<Constraint> make, List<double[]> members, List<double[]> outsiders, double scale) {

        static Set of(Supplier<Constraint> make) {
            return new Set(make, List.of(), List.of(), 1000);
        }

        Set holds(double... event) {
            return new Set(make, joined(members, event), outsiders, scale);
        }

        Set refuses(double... event) {
            return new Set(make, members, joined(outsiders, event), scale);
        }

        Set upTo(double largest) {
            return new Set(make, members, outsiders, largest);
        }

        /// Nothing in it is free: no bijection leads there.
        Set fixed() {
            return upTo(0);
        }

        private static List<double[]> joined(List<double[]> events, double[] event) {
            return Stream.concat(events.stream(), Stream.of(event)).toList();
        }

        @Override
        public String toString() {
            return make.get().toString();
        }
    }

    /// A transform.
    ///
    /// @param free numbers of y that ℓ counts; null for all
    /// @param surface see [TransformContract#measuresSurface()]
    /// @param extremes points far out; null for the default
    /// @param slack see [TransformContract#slack()]
    /// @param branch where numbers of x are drawn, on one side of kinks; null for all the domain
    record Row(
            Supplier<Transform> make,
            @Nullable List<Integer> free,
            boolean surface,
            @Nullable List<double[]> extremes,
            double slack,
            @Nullable Interval branch) {

        static Row of(Supplier<Transform> make) {
            return new Row(make, null, false, null, 1, null);
        }

        Row free(int... numbers) {
            return new Row(make, Arrays.stream(numbers).boxed().toList(), surface, extremes, slack, branch);
        }

        /// The first n numbers of y are free.
        Row firstFree(int n) {
            return free(IntStream.range(0, n).toArray());
        }

        Row onSurface() {
            return new Row(make, free, true, extremes, slack, branch);
        }

        Row extremes(List<double[]> points) {
            return new Row(make, free, surface, points, slack, branch);
        }

        Row on(double low, double high) {
            return new Row(make, free, surface, extremes, slack, Interval.open(low, high));
        }

        Row slack(double times) {
            return new Row(make, free, surface, extremes, times, branch);
        }

        @Override
        public String toString() {
            return make.get().toString();
        }
    }

    // ---- the tables ------------------------------------------------------------------------------------------------

    static List<Set> constraints() {
        return Stream.of(intervals(), discrete(), vectors(), matrices(), joined())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Set> intervals() {
        return List.of(
                Set.of(() -> Interval.REAL).holds(0).holds(-1e300),
                Set.of(() -> Interval.POSITIVE)
                        .holds(Double.MIN_VALUE)
                        .holds(1e300)
                        .refuses(0)
                        .refuses(-1),
                Set.of(() -> Interval.NON_NEGATIVE).holds(0).holds(3).refuses(-Double.MIN_VALUE),
                Set.of(() -> Interval.UNIT).holds(0).holds(1).refuses(-1e-9).refuses(Math.nextUp(1.0)),
                Set.of(() -> Interval.open(-2, 5))
                        .holds(-1.9)
                        .holds(4.9)
                        .refuses(-2)
                        .refuses(5),
                Set.of(() -> Interval.halfOpen(0, 1)).holds(0).holds(0.9).refuses(1),
                Set.of(() -> Interval.greaterThan(3)).holds(3.1).refuses(3),
                Set.of(() -> Interval.atLeast(3)).holds(3).refuses(2.9),
                Set.of(() -> Interval.lessThan(-3)).holds(-3.1).refuses(-3),
                Set.of(() -> Interval.atMost(3)).holds(3).refuses(3.1),
                Set.of(Angle::new).holds(-Math.PI).holds(3.1).refuses(Math.PI).refuses(-3.2));
    }

    private static List<Set> discrete() {
        return List.of(
                Set.of(() -> Integers.ALL).holds(0).holds(-3).holds(1e300).refuses(0.5),
                Set.of(() -> Integers.NON_NEGATIVE)
                        .holds(0)
                        .holds(7)
                        .refuses(-1)
                        .refuses(0.5),
                Set.of(() -> Integers.POSITIVE).holds(1).refuses(0),
                Set.of(() -> Integers.BOOLEAN).holds(0).holds(1).refuses(0.5).refuses(2),
                Set.of(() -> Integers.between(-2, 3))
                        .holds(-2)
                        .holds(3)
                        .refuses(-3)
                        .refuses(4),
                Set.of(() -> Integers.atMost(3)).holds(3).holds(-9).refuses(4).refuses(2.5),
                Set.of(() -> new OneHot(3))
                        .holds(0, 0, 1)
                        .holds(1, 0, 0)
                        .refuses(0, 0, 0)
                        .refuses(1, 1, 0)
                        .refuses(0.5, 0.5, 0),
                Set.of(() -> new Counts(3, 5))
                        .holds(5, 0, 0)
                        .holds(1, 2, 2)
                        .refuses(1, 2, 3)
                        .refuses(6, -1, 0)
                        .refuses(1.5, 1.5, 2));
    }

    private static List<Set> vectors() {
        return List.of(
                Set.of(() -> Each.real(3)).holds(1, -2, 3),
                Set.of(() -> Each.of(Interval.POSITIVE, 2)).holds(1, 2).refuses(1, 0),
                Set.of(() -> Each.of(Integers.BOOLEAN, 2)).holds(1, 0).refuses(1, 2),
                Set.of(() -> new Simplex(1)).holds(1).refuses(0.9).fixed(),
                Set.of(() -> new Simplex(3))
                        .holds(0.2, 0.3, 0.5)
                        .holds(0, 0, 1)
                        .refuses(0.2, 0.3, 0.6)
                        .refuses(0.6, 0.5, -0.1),
                Set.of(() -> new Ordered(3)).holds(-1, 0, 5).refuses(-1, 0, 0).refuses(1, 0, 5),
                Set.of(() -> new Ordered(1)).holds(-1),
                Set.of(() -> new PositiveOrdered(3))
                        .holds(0.1, 0.2, 5)
                        .refuses(0, 1, 2)
                        .refuses(1, 0.5, 2),
                Set.of(() -> new Sphere(3))
                        .holds(0, 0, -1)
                        .holds(0.6, -0.8, 0)
                        .refuses(0.6, 0.6, 0)
                        .refuses(0, 0, 0),
                Set.of(() -> new Sphere(2)).holds(0.6, 0.8).refuses(0.6, 0.7),
                Set.of(() -> new Ball(2)).holds(0, 0).holds(0.6, 0.8).refuses(0.7, 0.8),
                Set.of(() -> new ZeroSum(3)).holds(0, 0, 0).holds(1, 2, -3).refuses(1, 2, -2.9));
    }

    private static List<Set> matrices() {
        return List.of(
                Set.of(() -> Each.real(2, 2)).holds(1, -2, 3, 4),
                Set.of(() -> new LowerTriangular(2)).holds(-1, 0, 3, 0).refuses(1, 1e-300, 3, 4),
                Set.of(() -> new LowerCholesky(2))
                        .holds(1, 0, -3, 2)
                        .refuses(1, 0, -3, 0)
                        .refuses(1, 1, -3, 2),
                Set.of(() -> new LowerCholesky(1)).holds(1).refuses(0),
                Set.of(() -> new CorrelationCholesky(2))
                        .holds(1, 0, 0.6, 0.8)
                        .refuses(1, 0, 0.6, -0.8)
                        .refuses(1, 0, 0.6, 0.7)
                        .refuses(1, 0.1, 0.6, 0.8),
                Set.of(() -> new CorrelationCholesky(1)).holds(1).refuses(0.9).fixed(),
                Set.of(() -> new Symmetric(2)).holds(1, 2, 2, -5).refuses(1, 2, 2.1, -5),
                Set.of(() -> new PositiveDefinite(2))
                        .holds(4, 1, 1, 2)
                        .refuses(4, 1, 1.1, 2)
                        .refuses(1, 1, 1, 1)
                        .refuses(1, 2, 2, 1)
                        .refuses(-1, 0, 0, 1)
                        .upTo(1),
                Set.of(() -> new PositiveDefinite(3))
                        .holds(2, 1, 0, 1, 2, 1, 0, 1, 2)
                        .upTo(1),
                Set.of(() -> new PositiveSemidefinite(2))
                        .holds(1, 1, 1, 1)
                        .holds(0, 0, 0, 0)
                        .holds(0, 0, 0, 4)
                        .holds(1, 1e-20, 1e-20, 1e-40)
                        .refuses(1, 1.01, 1.01, 1)
                        .refuses(0, 1, 1, 0)
                        .refuses(-1, 0, 0, 1)
                        .upTo(30),
                Set.of(() -> new PositiveSemidefinite(3))
                        .holds(4, 2, 2, 2, 1, 1, 2, 1, 1)
                        .refuses(1, 1, 1, 1, 1, -1, 1, -1, 1)
                        .upTo(30),
                Set.of(() -> new CorrelationMatrix(2))
                        .holds(1, 0.9, 0.9, 1)
                        .refuses(1, 1, 1, 1)
                        .refuses(1, 0.9, 0.8, 1)
                        .refuses(1, 0.9, 0.9, 1.1)
                        .upTo(1),
                Set.of(() -> new CorrelationMatrix(4))
                        .holds(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)
                        .upTo(1));
    }

    private static List<Set> joined() {
        return List.of(
                Set.of(() -> Cat.of(Interval.REAL, new Simplex(2), Interval.POSITIVE))
                        .holds(-3, 0.2, 0.8, 1)
                        .refuses(-3, 0.2, 0.7, 1)
                        .refuses(-3, 0.2, 0.8, 0),
                Set.of(() -> Cat.of(Integers.BOOLEAN, new OneHot(2)))
                        .holds(1, 0, 1)
                        .refuses(1, 1, 1),
                Set.of(() -> Stack.of(2, new Simplex(3)))
                        .holds(0.2, 0.3, 0.5, 1, 0, 0)
                        .refuses(0.2, 0.3, 0.5, 1, 1, 0),
                Set.of(() -> BlockDiagonal.of(new LowerCholesky(1), new Symmetric(2)))
                        .holds(3, 0, 0, 0, 1, 2, 0, 2, 4)
                        .refuses(3, 0, 0, 1, 1, 2, 0, 2, 4)
                        .refuses(-3, 0, 0, 0, 1, 2, 0, 2, 4)
                        .refuses(3, 0, 0, 0, 1, 2, 0, 3, 4),
                Set.of(() -> Stack.of(Interval.REAL, Interval.POSITIVE))
                        .holds(-1, 1)
                        .refuses(1, -1),
                Set.of(() -> new Each(Interval.UNIT, Shape.of(2, 2)))
                        .holds(0, 0.3, 0.5, 1)
                        .refuses(0, 0, 2, 1));
    }

    static List<Row> transforms() {
        return Stream.of(scalars(), structured()).flatMap(List::stream).toList();
    }

    /// Maps of one number, maps of each number, and what joins them to flows.
    private static List<Row> scalars() {
        return List.of(
                Row.of(Exp::new),
                Row.of(Log::new),
                Row.of(Identity::new),
                Row.of(() -> AffineTransform.of(0.5, -3)),
                Row.of(() -> AffineTransform.of(-2, 0.25).inverted()),
                Row.of(Abs::new).on(0, 5),
                Row.of(() -> Power.of(2)),
                Row.of(() -> Power.of(-1.5)),
                Row.of(() -> Power.of(0.5)),
                Row.of(() -> SignedPower.of(1)),
                Row.of(() -> BoxCox.of(0)),
                Row.of(() -> BoxCox.of(0.3)),
                Row.of(() -> BoxCox.of(-0.5)),
                Row.of(() -> YeoJohnson.of(0)).on(-8, 0),
                Row.of(() -> YeoJohnson.of(0)).on(0, 8),
                Row.of(() -> YeoJohnson.of(1.7)).on(-8, 0),
                Row.of(() -> YeoJohnson.of(1.7)).on(0, 8),
                Row.of(() -> YeoJohnson.of(2)).on(-8, 0),
                Row.of(() -> YeoJohnson.of(-0.5)).on(0, 8),
                Row.of(Sigmoid::new),
                Row.of(Tanh::new),
                Row.of(Softplus::new),
                Row.of(() -> SoftClip.of(2, 5)).on(-9, 3.5),
                Row.of(() -> SoftClip.of(2, 5)).on(3.5, 12),
                Row.of(() -> SoftplusClip.of(-10, 10, 1)),
                Row.of(() -> SoftplusClip.of(2, 5, 0.7)),
                Row.of(() -> SoftplusClip.of(0, Double.POSITIVE_INFINITY, 0.5)),
                Row.of(() -> SoftplusClip.of(Double.NEGATIVE_INFINITY, 3, 2)),
                Row.of(() -> SinhArcsinh.of(0.5, 1.5)),
                Row.of(() -> SinhArcsinh.of(-1, 0.6)),
                Row.of(() -> LambertWTail.of(0)),
                Row.of(() -> LambertWTail.of(0.2)),
                Row.of(() -> CumulativeDistribution.of(Normal.of(0.5, 2))),
                Row.of(() -> CumulativeDistribution.ofSurvival(Normal.standard())),
                Row.of(() -> CumulativeDistribution.of(Normal.of(-1, 3)).inverted()),
                Row.of(Wrap::angle).on(-Math.PI, Math.PI),
                Row.of(() -> Fold.of(-1, 2)).on(-1, 2),
                Row.of(() -> new Tanh().then(AffineTransform.of(1, -2)).then(new Exp())),
                Row.of(() -> Elementwise.of(new Sigmoid(), 3)),
                Row.of(() -> Elementwise.of(new Abs(), 2)).on(0, 5),
                Row.of(() -> Elementwise.of(SinhArcsinh.of(0.5, 1.5), Shape.of(2, 2))),
                Row.of(() -> Elementwise.of(List.of(new Exp(), new Tanh(), AffineTransform.of(1, -2)))));
    }

    /// Maps of vectors and matrices, and what the registry makes of intervals.
    private static List<Row> structured() {
        return List.of(
                Row.of(() -> new IntoInterval(Interval.REAL)),
                Row.of(() -> new IntoInterval(Interval.POSITIVE)),
                Row.of(() -> new IntoInterval(Interval.greaterThan(-7))),
                Row.of(() -> new IntoInterval(Interval.lessThan(3))),
                Row.of(() -> new IntoInterval(Interval.UNIT)),
                Row.of(() -> new IntoInterval(Interval.open(-2, 50))),
                Row.of(() -> new Softmax(1)),
                Row.of(() -> new Softmax(4)),
                Row.of(() -> new StickBreaking(2)).firstFree(1),
                Row.of(() -> new StickBreaking(5)).firstFree(4),
                Row.of(() -> new IntoOrdered(1)),
                Row.of(() -> new IntoOrdered(4)),
                Row.of(() -> new IntoPositiveOrdered(1)),
                Row.of(() -> new IntoPositiveOrdered(4)),
                Row.of(() -> new IntoLowerTriangular(1)),
                Row.of(() -> new IntoLowerTriangular(3)).free(0, 3, 4, 6, 7, 8),
                Row.of(() -> new IntoSymmetric(3)).free(0, 3, 4, 6, 7, 8),
                Row.of(() -> new IntoLowerCholesky(1)),
                Row.of(() -> new IntoLowerCholesky(3)).free(0, 3, 4, 6, 7, 8),
                Row.of(() -> new IntoPositiveDefinite(1)).extremes(TransformContract.farOut(1, 40, 300, 800)),
                Row.of(() -> new IntoPositiveDefinite(3))
                        .free(0, 3, 4, 6, 7, 8)
                        .extremes(TransformContract.farOut(6, 40, 300, 800)),
                Row.of(() -> new IntoCorrelationCholesky(2)).free(2),
                Row.of(() -> new IntoCorrelationCholesky(4)).free(4, 8, 9, 12, 13, 14),
                Row.of(() -> new IntoCorrelationMatrix(2)).free(2),
                Row.of(() -> new IntoCorrelationMatrix(4)).free(4, 8, 9, 12, 13, 14),
                Row.of(() -> new IntoSphere(2)).onSurface(),
                Row.of(() -> new IntoSphere(4)).onSurface(),
                Row.of(() -> new IntoBall(1)),
                Row.of(() -> new IntoBall(3)),
                Row.of(() -> new IntoZeroSum(2)).onSurface(),
                Row.of(() -> new IntoZeroSum(5)).onSurface(),
                Row.of(() -> new SphericalAngles(2)).onSurface(),
                Row.of(() -> new SphericalAngles(4)).onSurface(),
                Row.of(() -> new TorusEmbedding(2)).onSurface(),
                Row.of(() -> Reshape.of(Shape.of(6), Shape.of(2, 3))),
                Row.of(() -> Permute.of(2, 0, 1)),
                Row.of(() -> Permute.transpose(2, 3)),
                Row.of(() -> Permute.reverse(4)),
                Row.of(() ->
                        LowerTriangularAffine.of(new double[] {2, 0, 0, -1, -0.5, 0, 3, 1, 1}, new double[] {1, 2, 3})),
                Row.of(() -> CatTransform.of(new Exp(), new StickBreaking(3), new IntoOrdered(2)))
                        .free(0, 1, 2, 4, 5),
                Row.of(() -> CatTransform.of(new Softmax(2), new Exp())),
                Row.of(() -> StackTransform.of(2, new StickBreaking(3))).free(0, 1, 3, 4),
                Row.of(() -> StackTransform.of(new Exp(), new Tanh())),
                Row.of(() -> IntoBlockDiagonal.of(new IntoPositiveDefinite(2), new IntoLowerCholesky(1)))
                        .free(0, 3, 4, 8),
                Row.of(() -> new IntoCorrelationCholesky(3).then(Permute.transpose(3, 3)))
                        .free(1, 2, 5)
                        .extremes(List.of()),
                Row.of(() -> Constraints.bijectTo(Cat.of(Interval.REAL, new Simplex(3), Interval.UNIT)))
                        .free(0, 1, 2, 4),
                Row.of(() -> Constraints.bijectTo(Stack.of(2, new Sphere(3)))).onSurface());
    }

    // ---- the contracts ---------------------------------------------------------------------------------------------

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.fluvial.testkit.ShippedTransformsTest#constraints")
    class OfConstraints extends ConstraintContract {

        @Parameter
        Set set;

        @Override
        protected Constraint subject() {
            return set.make().get();
        }

        @Override
        protected List<double[]> members() {
            return set.members();
        }

        @Override
        protected List<double[]> outsiders() {
            return set.outsiders();
        }

        @Override
        protected boolean hasBijection() {
            return super.hasBijection() && set.scale() > 0;
        }

        @Override
        protected double largestScale() {
            return set.scale();
        }
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // JUnit sets the parameters
    @ParameterizedClass(name = "{0}")
    @MethodSource("io.fluvial.testkit.ShippedTransformsTest#transforms")
    class OfTransforms extends TransformContract {

        @Parameter
        Row row;

        @Override
        protected Transform subject() {
            return row.make().get();
        }

        @Override
        protected int[] freeNumbers() {
            List<Integer> free = row.free();
            return free == null
                    ? super.freeNumbers()
                    : free.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        protected double[] draw(RandomGenerator random) {
            Interval branch = row.branch();
            if (branch == null) {
                return super.draw(random);
            }
            double[] x = new double[subject().domain().shape().size()];
            Arrays.setAll(x, k -> random.nextDouble(branch.lower(), branch.upper()));
            return x;
        }

        @Override
        protected double room(double[] x, int k) {
            Interval branch = row.branch();
            return branch == null
                    ? super.room(x, k)
                    : Math.min(1, Math.min(x[k] - branch.lower(), branch.upper() - x[k]) / 2);
        }

        @Override
        protected boolean measuresSurface() {
            return row.surface();
        }

        @Override
        protected List<double[]> extremes() {
            return row.extremes() == null ? super.extremes() : row.extremes();
        }

        @Override
        protected double slack() {
            return row.slack();
        }
    }
}
