package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// n × n matrices of finite numbers with zeros above the diagonal.
///
/// @param n rows and columns, at least 1
public record LowerTriangular(int n) implements Constraint {

    public LowerTriangular {
        SquareMatrix.checked("a triangular matrix", n);
    }

    @Override
    public Shape shape() {
        return SquareMatrix.shape(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = SquareMatrix.notFinite(event, n);
        if (violation == null) {
            violation = SquareMatrix.notLowerTriangular(event, n);
        }
        return violation;
    }
}
