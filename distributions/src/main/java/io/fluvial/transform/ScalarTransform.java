package io.fluvial.transform;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Interval.End;
import io.fluvial.constraint.ScalarConstraint;

/// A map of one number, y = f(x), on an interval: increasing or decreasing, or neither (then it says so and
/// names its branches).
///
/// Four numbers make it: [#forward], [#inverse], [#logDerivative] and [#logDerivativeSlope]. The forms on arrays
/// follow from them. Lift it to vectors with [Elementwise]. A map that is neither increasing nor decreasing also
/// names the x that lead to one y, and overrides [#derivative].
///
/// `forward` of an infinite end of the domain is the limit there, so that the image of a half line is known.
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

    /// x with f(x) = y; one of them where there are several.
    double inverse(double y);

    /// ℓ = log |f′(x)|, where y = f(x): use whichever is more accurate. Of a folded map it is that of its branch at
    /// x.
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

    /// Whether f(x) = a + b x, so that means and variances pass through it exactly.
    default boolean isAffine() {
        return false;
    }

    /// An interval that holds the values f takes on one of its domain; exactly those values where f is not folded.
    default Interval image(Interval of) {
        double a = forward(of.lower());
        double b = forward(of.upper());
        boolean increasing = direction() != Direction.DECREASING;
        double low = increasing ? a : b;
        double high = increasing ? b : a;
        if (!isBijective() || !(low < high)) { // also where a limit is not known
            return codomain() instanceof Interval all ? all : Interval.REAL;
        }
        return new Interval(
                low,
                high,
                Double.isInfinite(low) ? End.OPEN : increasing ? of.lowerEnd() : of.upperEnd(),
                Double.isInfinite(high) ? End.OPEN : increasing ? of.upperEnd() : of.lowerEnd());
    }

    /// How many monotone pieces f has between two numbers: 1, or infinitely many.
    default double branches(double low, double high) {
        return 1;
    }

    /// All x in \[low, high] with f(x) = y, one for every branch: a point where two branches meet comes twice, so that
    /// a density there is the limit.
    default double[] preimages(double y, double low, double high) {
        double x = inverse(y);
        return x >= low && x <= high ? new double[] {x} : new double[0];
    }

    /// The x in \[low, high] with lower ≤ f(x) ≤ upper, as ends of intervals: a₀ ≤ b₀ ≤ a₁ ≤ b₁ …
    default double[] preimageIntervals(double lower, double upper, double low, double high) {
        Interval image = image(Interval.open(low, high));
        boolean increasing = direction() != Direction.DECREASING;
        if (upper < image.lower() || lower > image.upper()) {
            return new double[0];
        }
        double a = lower <= image.lower() ? (increasing ? low : high) : inverse(lower);
        double b = upper >= image.upper() ? (increasing ? high : low) : inverse(upper);
        return increasing ? new double[] {a, b} : new double[] {b, a};
    }
}
