package io.fluvial.transform;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Ball;
import io.fluvial.constraint.BlockDiagonal;
import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.CorrelationCholesky;
import io.fluvial.constraint.CorrelationMatrix;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.LowerCholesky;
import io.fluvial.constraint.LowerTriangular;
import io.fluvial.constraint.Ordered;
import io.fluvial.constraint.PositiveDefinite;
import io.fluvial.constraint.PositiveOrdered;
import io.fluvial.constraint.PositiveSemidefinite;
import io.fluvial.constraint.Simplex;
import io.fluvial.constraint.Sphere;
import io.fluvial.constraint.Stack;
import io.fluvial.constraint.Symmetric;
import io.fluvial.constraint.ZeroSum;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Leads free numbers into constraints: an immutable registry of transforms.
///
/// | constraint | [#bijectTo], from | ℓ to | [#transformTo] |
/// |---|---|---|---|
/// | [Interval] | [IntoInterval], R: x, exp or σ, by its ends | the number | same |
/// | [Angle] | [IntoInterval] (−π, π), R | the angle | same |
/// | [Each] | its scalar map for every number | each number | its own |
/// | [Simplex] | [StickBreaking], R^(n−1) | the first n − 1 numbers | [Softmax], R^n |
/// | [Ordered] | [IntoOrdered], R^n | every number | same |
/// | [PositiveOrdered] | [IntoPositiveOrdered], R^n | every number | same |
/// | [Sphere] | [IntoSphere], R^(n−1), but for a pole | the surface | same |
/// | [Ball] | [IntoBall], R^n | every number | same |
/// | [ZeroSum] | [IntoZeroSum], R^(n−1) | the surface | same |
/// | [LowerTriangular] | [IntoLowerTriangular], R^(n(n+1)/2) | the lower triangle | same |
/// | [LowerCholesky] | [IntoLowerCholesky], R^(n(n+1)/2) | the lower triangle | same |
/// | [Symmetric] | [IntoSymmetric], R^(n(n+1)/2) | the lower triangle | same |
/// | [PositiveDefinite], [PositiveSemidefinite] | [IntoPositiveDefinite], R^(n(n+1)/2) | the lower triangle | same |
/// | [CorrelationCholesky] | [IntoCorrelationCholesky], R^(n(n−1)/2) | below the diagonal | same |
/// | [CorrelationMatrix] | [IntoCorrelationMatrix], R^(n(n−1)/2) | below the diagonal | same |
/// | [BlockDiagonal] | [IntoBlockDiagonal], block by block | theirs | block by block |
/// | [Cat], [Stack] | part by part, from one vector | theirs | part by part |
///
/// Ends that belong to a set, and singular semidefinite matrices, are limits: nothing leads exactly there. Domains are
/// vectors of real numbers (one number for an interval). Discrete sets have no transforms.
///
/// Constraints of one's own come in by themselves if they are [Unconstrainable]; another's, or other maps for those
/// above, by [#with]: in `Constraints.shipped().with(Wedge.class, w -> new IntoWedge(w.angle()))` also the parts
/// of a [Cat] are found.
public final class Constraints {

    private static final Constraints SHIPPED = new Constraints(Map.of());

    /// What a user registered for one class of constraints.
    private record Entry(
            Function<Constraint, ? extends Transform> bijection, Function<Constraint, ? extends Transform> transform) {}

    private enum Kind {
        BIJECTION,
        TRANSFORM
    }

    private final Map<Class<?>, Entry> own;

    private Constraints(Map<Class<?>, Entry> own) {
        this.own = Map.copyOf(own);
    }

    /// The constraints of this library and those that are [Unconstrainable].
    public static Constraints shipped() {
        return SHIPPED;
    }

    /// [#bijection] of the shipped registry.
    public static Transform bijectTo(Constraint constraint) {
        return SHIPPED.bijection(constraint);
    }

    /// [#transform] of the shipped registry.
    public static Transform transformTo(Constraint constraint) {
        return SHIPPED.transform(constraint);
    }

    /// A bijection from vectors of free numbers, as many as the set has degrees of freedom, onto the constraint.
    ///
    /// @throws IllegalArgumentException where there is none
    public Transform bijection(Constraint constraint) {
        return find(constraint, Kind.BIJECTION);
    }

    /// A map of free numbers into the constraint for optimizers: symmetric rather than one to one.
    ///
    /// @throws IllegalArgumentException where there is none
    public Transform transform(Constraint constraint) {
        return find(constraint, Kind.TRANSFORM);
    }

    /// A registry that also knows constraints of exactly the class `type`; it comes before what is shipped.
    public <C extends Constraint> Constraints with(Class<C> type, Function<? super C, ? extends Transform> bijection) {
        return with(type, bijection, bijection);
    }

    /// A registry that also knows constraints of class `type`, with another map for optimizers.
    public <C extends Constraint> Constraints with(
            Class<C> type,
            Function<? super C, ? extends Transform> bijection,
            Function<? super C, ? extends Transform> transform) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException("constraints are found by their own class, and " + type.getName()
                    + " is that of none: register each class that implements it");
        }
        Map<Class<?>, Entry> more = new HashMap<>(own);
        more.put(type, new Entry(c -> bijection.apply(type.cast(c)), c -> transform.apply(type.cast(c))));
        return new Constraints(more);
    }

    private Transform find(Constraint constraint, Kind kind) {
        Entry entry = own.get(constraint.getClass());
        if (entry != null) {
            return fitting(
                    constraint, (kind == Kind.BIJECTION ? entry.bijection : entry.transform).apply(constraint), kind);
        }
        if (constraint instanceof Unconstrainable able) {
            return fitting(constraint, kind == Kind.BIJECTION ? able.bijection() : able.transform(), kind);
        }
        Transform transform = shipped(constraint, kind);
        if (transform == null) {
            throw new IllegalArgumentException(refusal(constraint));
        }
        return transform;
    }

    /// What a user gave, if it leads into events of the constraint.
    private static Transform fitting(Constraint constraint, Transform transform, Kind kind) {
        if (!transform.codomain().shape().equals(constraint.shape())) {
            throw new IllegalArgumentException("the transform given for " + constraint + " leads to events of shape "
                    + transform.codomain().shape() + ", expected " + constraint.shape());
        }
        if (kind == Kind.BIJECTION && !transform.isBijective()) {
            throw new IllegalArgumentException("the transform given for " + constraint + ", " + transform
                    + ", is no bijection: give one, and this for transform(…) only");
        }
        return transform;
    }

    /// An anonymous class has none.
    private static String simpleName(Constraint constraint) {
        String name = constraint.getClass().getSimpleName();
        return name.isEmpty() ? constraint.getClass().getTypeName() : name;
    }

    private static String refusal(Constraint constraint) {
        if (constraint instanceof Simplex
                || constraint instanceof CorrelationCholesky
                || constraint instanceof CorrelationMatrix) {
            return constraint + " holds a single event: Constraints know no map without free numbers";
        }
        if (constraint.isDiscrete()) {
            return constraint + " is discrete: no real numbers lead into it one to one. Let them lead to the"
                    + " parameters of a distribution on it (Constraints.bijectTo of its parameterSpace), or relax it";
        }
        return "no transform leads into " + constraint + ": implement Unconstrainable, or register one by"
                + " Constraints.shipped().with(" + simpleName(constraint) + ".class, …)";
    }

    private @Nullable Transform shipped(Constraint constraint, Kind kind) {
        return switch (constraint) {
            case Interval interval -> new IntoInterval(interval);
            case Angle angle -> new IntoInterval(Interval.open(-Math.PI, Math.PI));
            case Each each -> each(each, find(each.of(), kind));
            case Cat cat -> new Free(parts(cat.parts(), kind), cat);
            case Stack stack -> new Free(parts(stack.parts(), kind), stack);
            case BlockDiagonal blocks -> new IntoBlockDiagonal(parts(blocks.parts(), kind));
            case Simplex(int n)
            when n > 1 || kind == Kind.TRANSFORM -> kind == Kind.TRANSFORM ? new Softmax(n) : new StickBreaking(n);
            case Ordered(int n) -> new IntoOrdered(n);
            case PositiveOrdered(int n) -> new IntoPositiveOrdered(n);
            case Sphere(int n) -> new IntoSphere(n);
            case Ball(int n) -> new IntoBall(n);
            case ZeroSum(int n) -> new IntoZeroSum(n);
            case LowerTriangular(int n) -> new IntoLowerTriangular(n);
            case LowerCholesky(int n) -> new IntoLowerCholesky(n);
            case Symmetric(int n) -> new IntoSymmetric(n);
            case PositiveDefinite(int n) -> new IntoPositiveDefinite(n);
            case PositiveSemidefinite(int n) -> new IntoPositiveDefinite(n);
            case CorrelationCholesky(int n) when n > 1 -> new IntoCorrelationCholesky(n);
            case CorrelationMatrix(int n) when n > 1 -> new IntoCorrelationMatrix(n);
            default -> null;
        };
    }

    private static Transform each(Each each, Transform one) {
        return one instanceof ScalarTransform scalar
                ? Elementwise.of(scalar, each.shape())
                : new Free(Collections.nCopies(each.shape().size(), one), each);
    }

    private List<Transform> parts(List<Constraint> parts, Kind kind) {
        List<Transform> transforms = new ArrayList<>();
        for (Constraint part : parts) {
            transforms.add(find(part, kind));
        }
        return transforms;
    }
}
