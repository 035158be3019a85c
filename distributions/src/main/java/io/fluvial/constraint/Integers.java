package io.fluvial.constraint;

/// Whole numbers between two ends, both of them included; ±∞ where there is no end, but never members.
///
/// Beyond 2⁵³ every double is whole.
///
/// @param lower a whole number or −∞
/// @param upper a whole number or +∞, at least `lower`
public record Integers(double lower, double upper) implements ScalarConstraint {

    /// All whole numbers.
    public static final Integers ALL = new Integers(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// 0, 1, 2, …
    public static final Integers NON_NEGATIVE = atLeast(0);

    /// 1, 2, 3, …
    public static final Integers POSITIVE = atLeast(1);

    /// 0 for false, 1 for true.
    public static final Integers BOOLEAN = between(0, 1);

    public Integers {
        lower += 0.0; // −0 is 0
        upper += 0.0;
        if (!(lower <= upper) || Math.rint(lower) != lower || Math.rint(upper) != upper) { // also for NaN
            throw new IllegalArgumentException(
                    "whole numbers need whole ends, lower ≤ upper, got " + lower + " and " + upper);
        }
        if (lower == Double.POSITIVE_INFINITY || upper == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("no whole number lies between " + lower + " and " + upper);
        }
    }

    /// lower, …, upper.
    public static Integers between(double lower, double upper) {
        return new Integers(lower, upper);
    }

    /// lower, lower + 1, …
    public static Integers atLeast(double lower) {
        return new Integers(lower, Double.POSITIVE_INFINITY);
    }

    /// …, upper − 1, upper.
    public static Integers atMost(double upper) {
        return new Integers(Double.NEGATIVE_INFINITY, upper);
    }

    @Override
    public boolean isDiscrete() {
        return true;
    }

    @Override
    public boolean contains(double x) {
        return x >= lower && x <= upper && Math.rint(x) == x && Double.isFinite(x);
    }

    @Override
    public String description() {
        if (equals(BOOLEAN)) {
            return "0 or 1";
        }
        String above = lower == Double.NEGATIVE_INFINITY ? "" : " ≥ " + plain(lower);
        String below = upper == Double.POSITIVE_INFINITY ? "" : " ≤ " + plain(upper);
        return "a whole number" + above + (above.isEmpty() || below.isEmpty() ? "" : " and") + below;
    }

    /// A count without the `.0` of a double.
    static String plain(double whole) {
        return Math.abs(whole) < 1e15 ? Long.toString((long) whole) : Double.toString(whole);
    }
}
