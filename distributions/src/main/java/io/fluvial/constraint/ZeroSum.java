package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Vectors of n finite numbers with the sum 0, to 1e-9 of the largest: effects around a common mean.
///
/// @param n numbers in a vector, at least 2
public record ZeroSum(int n) implements Constraint {

    public ZeroSum {
        Violations.atLeast("a zero-sum vector", 2, n);
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
        double sum = Violations.sum(event);
        return Math.abs(sum) <= Violations.TOLERANCE * Violations.largest(event)
                ? null
                : "expected the sum 0, got " + sum;
    }
}
