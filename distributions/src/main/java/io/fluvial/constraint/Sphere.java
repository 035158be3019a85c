package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Unit vectors of n numbers, Σ x² = 1: the sphere S^(n−1), to 1e-9. n = 2 is the circle.
///
/// @param n numbers in a vector, at least 2
public record Sphere(int n) implements Constraint {

    public Sphere {
        Violations.atLeast("a sphere", 2, n);
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
        return Math.abs(norm - 1) <= Violations.TOLERANCE ? null : "expected the length 1, got " + norm;
    }
}
