package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Vectors of n numbers that are 0 but for one, which is 1.
///
/// @param n categories, at least 1
public record OneHot(int n) implements Constraint {

    public OneHot {
        Violations.atLeast("a one-hot vector", 1, n);
    }

    @Override
    public Shape shape() {
        return Shape.of(n);
    }

    @Override
    public boolean isDiscrete() {
        return true;
    }

    @Override
    public @Nullable String violation(double[] event) {
        String violation = Violations.ofNumbers(event, shape());
        if (violation != null) {
            return violation;
        }
        int ones = 0;
        for (int k = 0; k < n; k++) {
            if (event[k] != 0 && event[k] != 1) {
                return "number " + k + ": expected 0 or 1, got " + event[k];
            }
            ones += event[k] == 1 ? 1 : 0;
        }
        return ones == 1 ? null : "expected exactly one number to be 1, got " + ones;
    }
}
