package io.fluvial.distribution;

/// Functions of the ratio of two positive numbers that keep their digits where the ratio is nearly
/// 1 and where it is no double: from the difference of the numbers, and from that of their
/// logarithms.
final class Ratio {

    private static final int RESERVE = 1000; // exponents of ratios that are still normal doubles

    private Ratio() {}

    /// log(a/b).
    static double log(double a, double b) {
        double ratio = a / b;
        if (ratio > 0.5 && ratio < 2) { // the difference is exact
            return Math.log1p((a - b) / b);
        }
        return isNormal(ratio) ? Math.log(ratio) : Math.log(a) - Math.log(b);
    }

    /// r − 1 − log r ≥ 0 with r = a/b, about (r − 1)²/2: the divergence of two scales.
    static double excess(double a, double b) {
        double ratio = a / b;
        return ratio > 0.5 && ratio < 2 ? LogRemainder.linear((a - b) / b) : ratio - 1 - log(a, b);
    }

    /// b (r − 1 − log r) ≥ 0 with r = (a/b)(c/d), the deviance of b from a c/d.
    static double deviance(double b, double a, double c, double d) {
        double logRatio = log(a, b) + log(c, d);
        return Math.abs(logRatio) < 0.7 ? b * LogRemainder.linear(off(a, b, c, d)) : times(a, c, d) - b - b * logRatio;
    }

    /// a c/d, also where c/d is no double.
    static double times(double a, double c, double d) {
        int size = Math.getExponent(c);
        int otherSize = Math.getExponent(d);
        return Math.scalb(a * (Math.scalb(c, -size) / Math.scalb(d, -otherSize)), size - otherSize);
    }

    /// (r² − 1)/2 − log r ≥ 0 with r = a/b: the divergence of two normal distributions with one
    /// mean.
    static double squareExcess(double a, double b) {
        double ratio = a / b;
        if (ratio > 0.5 && ratio < 2) {
            double t = (a - b) / b;
            return LogRemainder.linear(t) + 0.5 * t * t;
        }
        return 0.5 * (ratio * ratio - 1) - log(a, b);
    }

    /// (ac − bd)/(bd) where it is small, to some ulp: both products without their rounding.
    private static double off(double a, double b, double c, double d) {
        int size = Math.getExponent(b);
        int otherSize = Math.getExponent(d);
        double x = Math.scalb(a, -size);
        double y = Math.scalb(b, -size);
        double z = Math.scalb(c, -otherSize);
        double w = Math.scalb(d, -otherSize);
        return determinant(x, y, w, z) / (y * w);
    }

    /// a d − b c, to 2 ulp of itself (Jeannerod, Louvet and Muller 2013, Math. Comp. 82,
    /// 2245–2264).
    static double determinant(double a, double b, double c, double d) {
        double product = b * c;
        double error = Math.fma(b, c, -product);
        return Math.fma(a, d, -product) - error;
    }

    private static boolean isNormal(double ratio) {
        return Math.abs(Math.getExponent(ratio)) < RESERVE;
    }
}
