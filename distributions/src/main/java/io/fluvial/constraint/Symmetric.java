package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// n × n matrices that equal their transpose, to 1e-9 of their largest number.
///
/// @param n rows and columns, at least 1
public record Symmetric(int n) implements Constraint {

    public Symmetric {
        SquareMatrix.checked("a symmetric matrix", n);
    }

    @Override
    public Shape shape() {
        return SquareMatrix.shape(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = SquareMatrix.notFinite(event, n);
        if (violation == null) {
            violation = SquareMatrix.notSymmetric(event, n);
        }
        return violation;
    }
}
