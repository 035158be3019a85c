package io.fluvial.constraint;

/// The numbers between two ends: lower < x < upper, with ≤ at a closed end. Infinite ends are open.
///
/// @param lower −∞ for none
/// @param upper +∞ for none, above `lower`
public record Interval(double lower, double upper, End lowerEnd, End upperEnd) implements ScalarConstraint {

    /// Whether an end belongs to the interval.
    public enum End {
        OPEN,
        CLOSED
    }

    /// All finite numbers.
    public static final Interval REAL = open(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// x > 0.
    public static final Interval POSITIVE = greaterThan(0);

    /// x ≥ 0.
    public static final Interval NON_NEGATIVE = atLeast(0);

    /// 0 ≤ x ≤ 1.
    public static final Interval UNIT = closed(0, 1);

    public Interval {
        lower += 0.0; // −0 is 0
        upper += 0.0;
        if (!(lower < upper)) { // also for NaN
            throw new IllegalArgumentException("an interval needs lower < upper, got " + lower + " and " + upper);
        }
        if (Double.isInfinite(lower) && lowerEnd == End.CLOSED || Double.isInfinite(upper) && upperEnd == End.CLOSED) {
            throw new IllegalArgumentException("infinite ends of an interval are open");
        }
    }

    /// lower < x < upper.
    public static Interval open(double lower, double upper) {
        return new Interval(lower, upper, End.OPEN, End.OPEN);
    }

    /// lower ≤ x ≤ upper.
    public static Interval closed(double lower, double upper) {
        return new Interval(lower, upper, End.CLOSED, End.CLOSED);
    }

    /// lower ≤ x < upper.
    public static Interval halfOpen(double lower, double upper) {
        return new Interval(lower, upper, End.CLOSED, End.OPEN);
    }

    /// x > lower.
    public static Interval greaterThan(double lower) {
        return open(lower, Double.POSITIVE_INFINITY);
    }

    /// x ≥ lower.
    public static Interval atLeast(double lower) {
        return new Interval(lower, Double.POSITIVE_INFINITY, End.CLOSED, End.OPEN);
    }

    /// x < upper.
    public static Interval lessThan(double upper) {
        return open(Double.NEGATIVE_INFINITY, upper);
    }

    /// x ≤ upper.
    public static Interval atMost(double upper) {
        return new Interval(Double.NEGATIVE_INFINITY, upper, End.OPEN, End.CLOSED);
    }

    @Override
    public boolean contains(double x) {
        return (lowerEnd == End.OPEN ? x > lower : x >= lower) && (upperEnd == End.OPEN ? x < upper : x <= upper);
    }

    /// The double of the interval that is nearest to x: x itself inside, the closed end or the double
    /// next to the open one outside; NaN for NaN.
    public double nearest(double x) {
        if (x <= lower) {
            return lowerEnd == End.CLOSED ? lower : Math.nextUp(lower); // −MAX_VALUE next to −∞
        }
        if (x >= upper) {
            return upperEnd == End.CLOSED ? upper : Math.nextDown(upper);
        }
        return x;
    }

    @Override
    public String description() {
        if (equals(REAL)) {
            return "a finite number";
        }
        String above = (lowerEnd == End.OPEN ? "> " : "≥ ") + lower;
        String below = (upperEnd == End.OPEN ? "< " : "≤ ") + upper;
        if (Double.isInfinite(lower)) {
            return "a finite number " + below;
        }
        return "a finite number " + above + (Double.isInfinite(upper) ? "" : " and " + below);
    }
}
