package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// A set of numbers.
public interface ScalarConstraint extends Constraint {

    /// Whether x lies in the set; false for NaN.
    boolean contains(double x);

    /// What a member is, to stand after "expected": `a positive number`.
    String description();

    @Override
    default Shape shape() {
        return Shape.SCALAR;
    }

    @Override
    default boolean contains(double[] event) {
        return event.length == 1 && contains(event[0]);
    }

    @Override
    default @Nullable String violation(double[] event) {
        if (event.length != 1) {
            return "expected one number, got " + event.length;
        }
        return violation(event[0]);
    }

    /// [#violation(double[])] of one number.
    default @Nullable String violation(double x) {
        return contains(x) ? null : "expected " + description() + ", got " + x;
    }
}
