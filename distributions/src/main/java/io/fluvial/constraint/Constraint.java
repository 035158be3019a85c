package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// A set of events, such as the positive numbers, the simplex or the correlation matrices.
///
/// One method makes a constraint, beside its shape: [#violation] says what is wrong with an event, or
/// nothing. Implementations are records: equal constraints are the same set. To lead free numbers into
/// a constraint of your own, implement `io.fluvial.transform.Unconstrainable` or register it in
/// `io.fluvial.transform.Constraints`.
///
/// NaN is in no set. Whether ±∞ belongs to a set with open ends is no question: it does not.
public interface Constraint {

    /// Shape of one event.
    Shape shape();

    /// What is wrong with `event` in one line that says what was expected, what came and where; null where
    /// it lies in the set. Equalities (a sum of one, symmetry) hold up to rounding, as each set says.
    ///
    /// @param event `[shape]`, *Read*
    @Nullable
    String violation(double[] event);

    /// Whether the set holds isolated points only: a distribution on it has probabilities, no density.
    default boolean isDiscrete() {
        return false;
    }

    /// Whether `event` lies in the set.
    default boolean contains(double[] event) {
        return violation(event) == null;
    }

    /// @throws IllegalArgumentException with the violation, where there is one
    default void check(double[] event) {
        String violation = violation(event);
        if (violation != null) {
            throw new IllegalArgumentException(violation);
        }
    }

    /// For each of `lanes` events in `x`, whether it lies in the set.
    ///
    /// @param x `[size × lanes]`, number k of lane i at `k * lanes + i`, *Read*
    default boolean[] contains(double[] x, int lanes) {
        int size = shape().size();
        if (x.length != (long) size * lanes) {
            throw new IllegalArgumentException("expected " + size + " × " + lanes + " numbers for events of shape "
                    + shape() + ", got " + x.length);
        }
        boolean[] inside = new boolean[lanes];
        double[] event = new double[size];
        for (int i = 0; i < lanes; i++) {
            for (int k = 0; k < size; k++) {
                event[k] = x[k * lanes + i];
            }
            inside[i] = contains(event);
        }
        return inside;
    }
}
