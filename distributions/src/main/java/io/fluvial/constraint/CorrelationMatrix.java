package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Correlations: positive definite n × n matrices as [PositiveDefinite] with ones on the diagonal, to 1e-9.
///
/// @param n rows and columns, at least 1
public record CorrelationMatrix(int n) implements Constraint {

    public CorrelationMatrix {
        SquareMatrix.checked("a correlation matrix", n);
    }

    @Override
    public Shape shape() {
        return SquareMatrix.shape(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = SquareMatrix.notFinite(event, n);
        if (violation == null) {
            violation = SquareMatrix.diagonalNotOne(event, n);
        }
        if (violation == null) {
            violation = SquareMatrix.notSymmetric(event, n);
        }
        if (violation == null) {
            violation = SquareMatrix.notPositiveDefinite(event, n);
        }
        return violation;
    }
}
