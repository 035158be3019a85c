package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Symmetric n × n matrices (to 1e-9 of their largest number) without negative eigenvalues.
///
/// Judged after rows and columns were scaled to a diagonal of 1, so that units do not matter where they differ by less
/// than 1e9: pivots of an elimination may be −1e-9 n.
///
/// @param n rows and columns, at least 1
public record PositiveSemidefinite(int n) implements Constraint {

    public PositiveSemidefinite {
        SquareMatrix.checked("a positive semidefinite matrix", n);
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
            violation = SquareMatrix.notPositiveSemidefinite(event, n);
        }
        return violation;
    }
}
