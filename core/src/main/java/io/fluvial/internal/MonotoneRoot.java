package io.fluvial.internal;

/// Solves f(x) = y for an increasing f with a known derivative: Newton's method inside a bracket,
/// which falls back to bisection.
///
/// A Newton step is taken where it stays inside the bracket and is at most half as long as the step
/// before it; otherwise the bracket is halved. So the search ends: between two bisections the steps
/// halve, and every bisection halves the bracket, until either is below the tolerance. With
/// brackets of at most 2¹²⁹ and a tolerance of at least 2⁻¹⁶⁰ there are fewer than 290 of each; a
/// smooth f takes 4 to 8 evaluations.
///
/// The x returned is off by less than 2⁻⁴⁰ |x| + 2⁻¹⁶⁰, or f there by less than 2⁻⁵⁰ |y|: the last
/// bit of a float in either case. NaN – in y, or as a value of f – gives NaN.
public final class MonotoneRoot {

    private static final double RESIDUAL = 0x1p-50;
    private static final double STEP = 0x1p-40;
    private static final double SMALLEST = 0x1p-160;

    /// Beyond it x is not a float.
    private static final double LARGEST = 0x1p128;

    private MonotoneRoot() {}

    /// An increasing function, with its parameters in `work`: stateless, so that one constant
    /// serves all lanes.
    @FunctionalInterface
    public interface Curve<M> {

        /// f(x); writes f′(x) to `work[0]`.
        double at(M map, double x, double[] work);
    }

    /// The x with f(x) = y, anywhere on the line: steps that double lead from `start` to a bracket.
    /// ±∞ where no float is far enough out, as for infinite y.
    public static <M> double find(Curve<M> f, M map, double[] work, double y, double start) {
        if (Double.isInfinite(y)) {
            return y;
        }
        double x = Math.min(Math.max(start, -LARGEST), LARGEST);
        boolean up = f.at(map, x, work) < y;
        double last = x;
        for (double step = Math.max(1, 0x1p-6 * Math.abs(x)); ; step *= 2) {
            if (Math.abs(x) >= LARGEST && x > 0 == up) {
                return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            }
            last = x;
            x = up ? Math.min(x + step, LARGEST) : Math.max(x - step, -LARGEST);
            double value = f.at(map, x, work);
            if (!(up ? value < y : value > y)) { // also for NaN
                break;
            }
        }
        return up ? find(f, map, work, y, last, x, last) : find(f, map, work, y, x, last, last);
    }

    /// The x with f(x) = y between `low` and `high`, which enclose it; the nearer end where
    /// rounding says they do not.
    ///
    /// @param start where to look first, in the bracket
    public static <M> double find(Curve<M> f, M map, double[] work, double y, double low, double high, double start) {
        if (Double.isNaN(y) || Double.isInfinite(y)) {
            return y;
        }
        double x = Math.min(Math.max(start, low), high);
        double step = high - low;
        while (true) {
            double residual = f.at(map, x, work) - y;
            if (!(Math.abs(residual) > RESIDUAL * Math.abs(y))) { // also for NaN
                return Double.isNaN(residual) ? residual : x;
            }
            if (residual < 0) {
                low = x;
            } else {
                high = x;
            }
            double next = x - residual / work[0]; // a slope of 0 gives ±∞, outside
            if (!(next > low && next < high && Math.abs(next - x) <= 0.5 * Math.abs(step))) {
                next = low + 0.5 * (high - low);
                step = 0.5 * (high - low);
            } else {
                step = next - x;
            }
            if (!(Math.abs(step) > STEP * Math.abs(next) + SMALLEST)) {
                return next;
            }
            x = next;
        }
    }
}
