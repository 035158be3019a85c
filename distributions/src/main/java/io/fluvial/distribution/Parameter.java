package io.fluvial.distribution;

/// The checks at the door of every distribution: each says what, where and what was expected.
final class Parameter {

    private Parameter() {}

    static void finite(String where, String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(where + ": " + what + " must be finite, got " + value);
        }
    }

    static void positive(String where, String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) { // also for NaN
            throw new IllegalArgumentException(where + ": " + what + " must be positive and finite, got " + value);
        }
    }

    static void between(String where, String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    where + ": " + what + " must be between " + low + " and " + high + ", got " + value);
        }
    }

    static void atLeast(String where, String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(where + ": " + what + " must be at least " + least + ", got " + value);
        }
    }

    static void length(String where, String what, double[] values, int expected) {
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    where + ": " + what + " has " + values.length + " numbers, expected " + expected);
        }
    }
}
