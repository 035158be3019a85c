package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Vectors of n numbers not longer than 1, Σ x² ≤ 1 to 1e-9.
///
/// @param n numbers in a vector, at least 1
public record Ball(int n) implements Constraint {

    public Ball {
        Violations.atLeast("a ball", 1, n);
    }

    @Override
    public Shape shape() {
        return Shape.of(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = Violations.ofNumbers(event, shape());
        if (violation != null) {
            return violation;
        }
        double norm = Violations.norm(event, 0, n);
        return norm <= 1 + Violations.TOLERANCE ? null : "expected a length of at most 1, got " + norm;
    }
}
