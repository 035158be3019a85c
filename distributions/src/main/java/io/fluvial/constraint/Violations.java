package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// What the sets of this package have in common when they look at an event.
final class Violations {

    /// How far equalities – a sum of one, a symmetry – may be missed, relative to the numbers in them: more than a
    /// million roundings of double precision pile up to, less than single precision is off by.
    static final double TOLERANCE = 1e-9;

    private Violations() {}

    static int atLeast(String what, int least, int n) {
        if (n < least) {
            throw new IllegalArgumentException(what + " needs a size of at least " + least + ", got " + n);
        }
        return n;
    }

    /// A wrong number of numbers, or one that is not finite.
    static @Nullable String ofNumbers(double[] event, Shape shape) {
        if (event.length != shape.size()) {
            return "expected " + shape.size() + " numbers for shape " + shape + ", got " + event.length;
        }
        for (int k = 0; k < event.length; k++) {
            if (!Double.isFinite(event[k])) {
                return place(shape, k) + ": expected a finite number, got " + event[k];
            }
        }
        return null;
    }

    /// `number 3`, or `row 1, column 0` in a matrix.
    static String place(Shape shape, int k) {
        return shape.rank() == 2 ? "row " + k / shape.axis(1) + ", column " + k % shape.axis(1) : "number " + k;
    }

    static double largest(double[] event) {
        double largest = 0;
        for (double x : event) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    static double sum(double[] event) {
        double sum = 0;
        for (double x : event) {
            sum += x;
        }
        return sum;
    }

    /// √(Σ x²), without overflow.
    static double norm(double[] x, int from, int to) {
        double norm = 0;
        for (int k = from; k < to; k++) {
            norm = Math.hypot(norm, x[k]);
        }
        return norm;
    }
}
