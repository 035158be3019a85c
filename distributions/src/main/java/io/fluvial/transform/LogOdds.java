package io.fluvial.transform;

/// Logarithms of ratios and of 1 + eˣ, without the overflow of either.
final class LogOdds {

    private LogOdds() {}

    /// log (a / b) for a, b ≥ 0: the ratio where it is a double – it keeps the digits where a is near b –, else the
    /// difference of the logarithms.
    static double of(double a, double b) {
        double odds = a / b;
        return odds >= Double.MIN_NORMAL && odds < Double.POSITIVE_INFINITY
                ? Math.log(odds)
                : Math.log(a) - Math.log(b);
    }

    /// log (1 + eˣ).
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /// 1 / (1 + e⁻ˣ), relatively accurate at both ends.
    static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }
}
