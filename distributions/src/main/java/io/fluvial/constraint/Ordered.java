package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Vectors of n finite numbers, each greater than the one before it.
///
/// @param n numbers in a vector, at least 1
public record Ordered(int n) implements Constraint {

    public Ordered {
        Violations.atLeast("an ordered vector", 1, n);
    }

    @Override
    public Shape shape() {
        return Shape.of(n);
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = Violations.ofNumbers(event, shape());
        for (int k = 1; k < n && violation == null; k++) {
            if (!(event[k] > event[k - 1])) {
                violation = "number " + k + ": expected more than " + event[k - 1] + ", got " + event[k];
            }
        }
        return violation;
    }
}
