package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Cholesky factors: n × n matrices with zeros above the diagonal and positive numbers on it.
///
/// @param n rows and columns, at least 1
public record LowerCholesky(int n) implements Constraint {

    public LowerCholesky {
        SquareMatrix.checked("a Cholesky factor", n);
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
        if (violation == null) {
            violation = SquareMatrix.diagonalNotPositive(event, n);
        }
        return violation;
    }
}
