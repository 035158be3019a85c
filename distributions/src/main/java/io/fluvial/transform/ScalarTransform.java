package io.fluvial.transform;

import io.fluvial.constraint.ScalarConstraint;

/// A map of one number, y = f(x), on an interval: increasing or decreasing, or neither (then it says so and
/// names its branches).
///
/// Four numbers make it: [#forward], [#inverse], [#logDerivative] and [#logDerivativeSlope]. The forms on arrays
/// follow from them. Lift it to vectors with `Elementwise.of(transform, n)`.
public interface ScalarTransform extends Transform {

    /// How f runs through its domain.
    enum Direction {
        INCREASING(1),
        DECREASING(-1),
        /// Several x for one y: no inverse, and a density is a sum over branches.
        FOLDED(Double.NaN);

        private final double sign;

        Direction(double sign) {
            this.sign = sign;
        }

        /// +1, −1 or NaN.
        public double sign() {
            return sign;
        }
    }

    @Override
    ScalarConstraint domain();

    @Override
    ScalarConstraint codomain();

    Direction direction();

    /// f(x).
    double forward(double x);

    /// x with f(x) = y.
    double inverse(double y);

    /// ℓ = log |f′(x)|, where y = f(x): use whichever is more accurate.
    double logDerivative(double x, double y);

    /// ∂ℓ/∂x, where y = f(x).
    double logDerivativeSlope(double x, double y);

    /// f′(x), where y = f(x); NaN for a folded map, which overrides it.
    default double derivative(double x, double y) {
        return direction().sign() * Math.exp(logDerivative(x, y));
    }

    @Override
    default void forward(double[] x, double[] y) {
        y[0] = forward(x[0]);
    }

    @Override
    default void inverse(double[] y, double[] x) {
        x[0] = inverse(y[0]);
    }

    @Override
    default double logDet(double[] x, double[] y) {
        return logDerivative(x[0], y[0]);
    }

    @Override
    default void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        // a weight of zero must not turn an infinite slope into NaN
        double slope = gLogDet == 0 ? 0 : gLogDet * logDerivativeSlope(x[0], y[0]);
        gX[0] = (gY[0] == 0 ? 0 : gY[0] * derivative(x[0], y[0])) + slope;
    }

    @Override
    default void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        gY[0] = gX[0] / derivative(x[0], y[0]); // infinite where f is flat, as its inverse is vertical
    }

    @Override
    default boolean isBijective() {
        return direction() != Direction.FOLDED;
    }

    @Override
    default ScalarTransform inverted() {
        return new InvertedScalar(this);
    }

    /// This map, then `next`.
    default ScalarTransform then(ScalarTransform next) {
        return ScalarComposition.of(this, next);
    }
}
