package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Shape;

/// A differentiable map y = f(x) from one set of events to another, with its inverse and log |det ∂y/∂x|.
///
/// Five methods make a transform. It is immutable and keeps no cache: `logDet` and the pullbacks are given both
/// ends, so that nothing is computed twice and an inverse that is not exact costs no accuracy. Most are
/// bijections; [#isBijective()] says where not (softmax, absolute value).
///
/// Where x and y differ in size or y has dependent numbers (a simplex, a symmetric matrix), ℓ is the
/// log-determinant to the *free* numbers of y, which the transform names (the first n−1 of a simplex), or to
/// the surface it spans (a sphere).
///
/// Arrays are whole events, `x [domain().shape()]` and `y [codomain().shape()]`, never aliased. Arguments outside
/// the domain give NaN or a value that says it is outside, never an exception; a NaN stays NaN in x and y, a
/// constant ℓ stays constant.
///
/// | | reads | gives |
/// |---|---|---|
/// | [io.fluvial.Bijector] in a flow | data → latent | ℓ of that direction |
/// | `Transform` | as written: y = f(x) | ℓ = log abs det ∂y/∂x |
/// | `TransformedDistribution.of(base, f)` | base → data | log p(y) = log p(x) − ℓ |
public interface Transform {

    Constraint domain();

    Constraint codomain();

    /// y = f(x). y *Overwritten*.
    void forward(double[] x, double[] y);

    /// x with f(x) = y; one of them where there are several. x *Overwritten*.
    void inverse(double[] y, double[] x);

    /// ℓ = log |det ∂y/∂x| in nats, where y = f(x).
    ///
    /// @throws UnsupportedOperationException where f is no bijection
    double logDet(double[] x, double[] y);

    /// gX = (∂y/∂x)ᵀ gY + gLogDet · ∂ℓ/∂x, where y = f(x). gX *Overwritten*; `gLogDet` is 0 where f has no ℓ.
    void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX);

    /// gY = (∂x/∂y)ᵀ gX for x = f⁻¹(y). gY *Overwritten*.
    ///
    /// The default solves (∂y/∂x)ᵀ gY = gX with n pullbacks and an elimination, O(n³): override it where the
    /// Jacobian has structure, and where x and y differ in size.
    default void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        SquareJacobian.of(this, x, y).solveTransposed(gX, gY);
    }

    /// Whether exactly one x belongs to every y of the codomain.
    default boolean isBijective() {
        return true;
    }

    /// The same map read backwards: from codomain to domain, ℓ negated.
    default Transform inverted() {
        return new Inverted(this);
    }

    /// This transform, then `next`.
    default Transform then(Transform next) {
        return Composition.of(this, next);
    }

    /// y = f(x) in a new array.
    default double[] apply(double[] x) {
        checkSize("x", x, domain().shape());
        double[] y = new double[codomain().shape().size()];
        forward(x, y);
        return y;
    }

    /// x = f⁻¹(y) in a new array.
    default double[] invert(double[] y) {
        checkSize("y", y, codomain().shape());
        double[] x = new double[domain().shape().size()];
        inverse(y, x);
        return x;
    }

    /// Checks that an event fits: for what calls transforms with arrays of its callers.
    static void checkSize(String what, double[] event, Shape shape) {
        if (event.length != shape.size()) {
            throw new IllegalArgumentException(
                    what + " has " + event.length + " numbers, expected " + shape.size() + " for shape " + shape);
        }
    }
}
