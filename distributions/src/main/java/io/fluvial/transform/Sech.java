package io.fluvial.transform;

/// The hyperbolic secant and its relatives, without overflow.
final class Sech {

    private Sech() {}

    /// 1 / cosh x.
    static double of(double x) {
        double e = Math.exp(-Math.abs(x));
        return 2 * e / (1 + e * e);
    }

    /// log (1 / cosh x).
    static double log(double x) {
        double size = Math.abs(x);
        return Math.log(2) - size - Math.log1p(Math.exp(-2 * size));
    }

    /// The x with sinh x = v.
    static double asinh(double v) {
        double a = Math.abs(v);
        double x = a > 1e150 // squares would overflow
                ? Math.log(a) + Math.log(2)
                : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(x, v);
    }
}
