package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Vectors of n whole numbers ≥ 0 with a given sum: how often each of n things came in so many trials
/// (`multinomial` in torch.distributions).
///
/// @param n categories, at least 1
/// @param total the sum, at least 0
public record Counts(int n, int total) implements Constraint {

    public Counts {
        Violations.atLeast("a vector of counts", 1, n);
        if (total < 0) {
            throw new IllegalArgumentException("counts cannot have the sum " + total);
        }
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
        String violation = new Each(Integers.NON_NEGATIVE, shape()).violation(event);
        if (violation != null) {
            return violation;
        }
        double sum = Violations.sum(event);
        return sum == total ? null : "expected the sum " + total + ", got " + Integers.plain(sum);
    }
}
