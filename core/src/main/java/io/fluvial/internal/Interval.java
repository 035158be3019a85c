package io.fluvial.internal;

/// Rounds doubles to floats that stay inside an interval: plain rounding may step over an end, where a density is
/// zero or a logarithm infinite.
public final class Interval {

    private Interval() {}

    /// The smallest float that is not below v.
    public static float atLeast(double v) {
        float f = (float) v;
        return f < v ? Math.nextUp(f) : f;
    }

    /// The largest float that is not above v.
    public static float atMost(double v) {
        return -atLeast(-v);
    }

    /// The smallest float above v that is not subnormal: the reciprocal of a subnormal may overflow, and with it a
    /// gradient.
    public static float above(double v) {
        float f = (float) v;
        float next = f <= v ? Math.nextUp(f) : f;
        return Math.abs(next) < Float.MIN_NORMAL ? Float.MIN_NORMAL : next;
    }

    /// The largest float below v that is not subnormal.
    public static float below(double v) {
        return -above(-v);
    }

    /// v rounded to a float, then moved into [low, high] if it left it; NaN stays NaN.
    public static float clamp(double v, float low, float high) {
        float f = (float) v;
        return f < low ? low : f > high ? high : f;
    }
}
