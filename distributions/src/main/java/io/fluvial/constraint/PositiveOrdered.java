package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Vectors of n finite numbers > 0, each greater than the one before it.
///
/// @param n numbers in a vector, at least 1
public record PositiveOrdered(int n) implements Constraint {

    public PositiveOrdered {
        Violations.atLeast("an ordered vector", 1, n);
    }

    @Override
    public Shape shape() {
        return Shape.of(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = Violations.ofNumbers(event, shape());
        if (violation == null && !(event[0] > 0)) {
            violation = "number 0: expected a positive number, got " + event[0];
        }
        return violation == null ? new Ordered(n).violation(event) : violation;
    }
}
