package io.fluvial.transform;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Shape;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// A scalar transform for every number of an event: the same one, or one of its own. ℓ is the sum of theirs.
///
/// @param parts one for each number of an event, in its order
/// @param shape of the event
public record Elementwise(List<ScalarTransform> parts, Shape shape) implements Transform {

    public Elementwise {
        parts = List.copyOf(parts);
        if (parts.size() != shape.size()) {
            throw new IllegalArgumentException("Elementwise: " + parts.size() + " transforms for events of shape "
                    + shape + ", which have " + shape.size() + " numbers");
        }
    }

    /// The same transform for each of n numbers.
    public static Elementwise of(ScalarTransform transform, int n) {
        return of(transform, Shape.of(n));
    }

    /// The same transform for all numbers of an event.
    public static Elementwise of(ScalarTransform transform, Shape shape) {
        return new Elementwise(Collections.nCopies(shape.size(), transform), shape);
    }

    /// Number k of a vector goes through transform k.
    public static Elementwise of(List<? extends ScalarTransform> transforms) {
        return new Elementwise(List.copyOf(transforms), Shape.of(transforms.size()));
    }

    @Override
    public Constraint domain() {
        return joint(ScalarTransform::domain);
    }

    @Override
    public Constraint codomain() {
        return joint(ScalarTransform::codomain);
    }

    private Constraint joint(Function<ScalarTransform, ScalarConstraint> end) {
        ScalarConstraint first = end.apply(parts.getFirst());
        if (shape.rank() != 1 || parts.stream().map(end).allMatch(first::equals)) {
            for (ScalarTransform part : parts) {
                if (!end.apply(part).equals(first)) {
                    throw new IllegalArgumentException(
                            "Elementwise: transforms with different domains or codomains need a vector, got " + shape);
                }
            }
            return new Each(first, shape);
        }
        return new Cat(parts.stream().<Constraint>map(end::apply).toList());
    }

    @Override
    public boolean isBijective() {
        return parts.stream().allMatch(Transform::isBijective);
    }

    /// Whether every part is a + b x.
    public boolean isAffine() {
        return parts.stream().allMatch(ScalarTransform::isAffine);
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int k = 0; k < y.length; k++) {
            y[k] = parts.get(k).forward(x[k]);
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        for (int k = 0; k < x.length; k++) {
            x[k] = parts.get(k).inverse(y[k]);
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        if (!isBijective()) {
            throw new UnsupportedOperationException(this + " is no bijection: it has no log-determinant");
        }
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += parts.get(k).logDerivative(x[k], y[k]);
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        for (int k = 0; k < gX.length; k++) {
            ScalarTransform part = parts.get(k);
            // a weight of zero must not turn an infinite slope into NaN
            double slope = gLogDet == 0 ? 0 : gLogDet * part.logDerivativeSlope(x[k], y[k]);
            gX[k] = (gY[k] == 0 ? 0 : gY[k] * part.derivative(x[k], y[k])) + slope;
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        for (int k = 0; k < gY.length; k++) {
            gY[k] = gX[k] / parts.get(k).derivative(x[k], y[k]);
        }
    }
}
