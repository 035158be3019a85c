package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Every number of an event lies in one scalar constraint (`independent` in torch.distributions).
public record Each(ScalarConstraint of, Shape shape) implements Constraint {

    /// n numbers, each in `of`.
    public static Each of(ScalarConstraint of, int n) {
        return new Each(of, Shape.of(n));
    }

    /// Vectors of n finite numbers.
    public static Each real(int n) {
        return of(Interval.REAL, n);
    }

    /// Matrices of finite numbers; square ones where `rows` equals `columns`.
    public static Each real(int rows, int columns) {
        return new Each(Interval.REAL, Shape.of(rows, columns));
    }

    @Override
    public boolean isDiscrete() {
        return of.isDiscrete();
    }

    @Override
    public @Nullable String violation(double[] event) {
        if (event.length != shape.size()) {
            return "expected " + shape.size() + " numbers for shape " + shape + ", got " + event.length;
        }
        for (int k = 0; k < event.length; k++) {
            if (!of.contains(event[k])) {
                return Violations.place(shape, k) + ": " + of.violation(event[k]);
            }
        }
        return null;
    }
}
