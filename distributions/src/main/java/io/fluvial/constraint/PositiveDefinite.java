package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Covariances: symmetric n × n matrices (to 1e-9 of their largest number) with a Cholesky factorization in double
/// precision. What is singular to rounding is refused, for nothing could be computed with it.
///
/// @param n rows and columns, at least 1
public record PositiveDefinite(int n) implements Constraint {

    public PositiveDefinite {
        SquareMatrix.checked("a positive definite matrix", n);
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
        if (violation == null) {
            violation = SquareMatrix.notPositiveDefinite(event, n);
        }
        return violation;
    }
}
