package io.fluvial.distribution;

/// ∫₀¹ f ds along the segment between two points (x, y) of positive numbers, for an f that is
/// analytic in s but for singularities where x or y is 0.
///
/// Gauss and Legendre's 16 nodes on panels over which neither number grows more than threefold,
/// from either end to the middle: 5e-19 of the integral is what such a panel leaves out. One panel
/// where the ends are that near; else about one for every factor of three that lies between them.
final class SegmentIntegral {

    /// The integrand.
    @FunctionalInterface
    interface Integrand {

        /// f times `length`, to be multiplied where f itself would overflow.
        ///
        /// @param rest 1 − s
        double at(double x, double y, double rest, double length);
    }

    private final double fromX;
    private final double fromY;
    private final double toX;
    private final double toY;
    private final Integrand f;

    private SegmentIntegral(double fromX, double fromY, double toX, double toY, Integrand f) {
        this.fromX = fromX;
        this.fromY = fromY;
        this.toX = toX;
        this.toY = toY;
        this.f = f;
    }

    static double of(double fromX, double fromY, double toX, double toY, Integrand f) {
        SegmentIntegral all = new SegmentIntegral(fromX, fromY, toX, toY, f);
        if (near(fromX, toX) && near(fromY, toY)) {
            return all.panel(0, 1, true);
        }
        return all.half(true) + all.half(false);
    }

    private static boolean near(double a, double b) {
        return a <= 3 * b && b <= 3 * a;
    }

    private double half(boolean first) {
        double growthX = first ? toX - fromX : fromX - toX;
        double growthY = first ? toY - fromY : fromY - toY;
        double sum = 0;
        double at = 0;
        while (at < 0.5) {
            double step = 0.5;
            if (growthX > 0) {
                step = Math.min(step, 2 * (first ? fromX : toX) / growthX + 2 * at);
            }
            if (growthY > 0) {
                step = Math.min(step, 2 * (first ? fromY : toY) / growthY + 2 * at);
            }
            double next = Math.min(0.5, at + Math.max(step, Double.MIN_NORMAL));
            sum += panel(at, next, first);
            at = next;
        }
        return sum;
    }

    /// From shares a to b of the way, counted from the first end or from the second.
    private double panel(double a, double b, boolean first) {
        double length = b - a;
        double startX = first ? fromX : toX;
        double startY = first ? fromY : toY;
        double towardX = first ? toX : fromX;
        double towardY = first ? toY : fromY;
        return GaussLegendre.once(
                u -> {
                    double s = a + length * u;
                    double x = startX + s * (towardX - startX);
                    double y = startY + s * (towardY - startY);
                    return f.at(x, y, first ? 1 - s : s, length);
                },
                0,
                1);
    }
}
