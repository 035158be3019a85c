package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Probabilities: n numbers ≥ 0 with the sum 1, to 1e-9.
///
/// @param n numbers in a vector, at least 1
public record Simplex(int n) implements Constraint {

    public Simplex {
        Violations.atLeast("a simplex", 1, n);
    }

    @Override
    public Shape shape() {
        return Shape.of(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = new Each(Interval.NON_NEGATIVE, shape()).violation(event);
        if (violation != null) {
            return violation;
        }
        double sum = Violations.sum(event);
        return Math.abs(sum - 1) <= Violations.TOLERANCE ? null : "expected the sum 1, got " + sum;
    }
}
