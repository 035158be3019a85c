package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Cholesky factors of correlation matrices: zeros above the diagonal, positive numbers on it, rows of length 1 to
/// 1e-9.
///
/// @param n rows and columns, at least 1
public record CorrelationCholesky(int n) implements Constraint {

    public CorrelationCholesky {
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
        if (violation == null) {
            violation = SquareMatrix.rowsNotOfLengthOne(event, n);
        }
        return violation;
    }
}
