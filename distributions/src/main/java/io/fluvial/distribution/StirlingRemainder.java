package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogGamma;

/// What Stirling's formula leaves of log Γ, and of its derivative ψ: small numbers that stay accurate where log Γ(a)
/// itself has lost its digits to its size.
///
/// Asymptotic series (Abramowitz and Stegun 1964, 6.1.41 and 6.3.18) from 10 on, with an error below 1e-15 of the
/// value; below, the recurrence of ψ and the library's log Γ.
final class StirlingRemainder {

    private static final double LARGE = 10;

    private StirlingRemainder() {}

    /// δ(a) = log Γ(a) − (a − ½) log a + a − ½ log 2π, positive and about 1/(12a).
    static double error(double a) {
        if (a < LARGE) {
            return LogGamma.value(a) - (a - 0.5) * Math.log(a) + a - Normal.HALF_LOG_TWO_PI;
        }
        double s = 1 / a / a;
        return (1 / 12.0
                        - s * (1 / 360.0 - s * (1 / 1260.0 - s * (1 / 1680.0 - s * (1 / 1188.0 - s * 691 / 360360.0)))))
                / a;
    }

    /// log a − ψ(a), positive and about 1/(2a).
    static double logMinusDigamma(double a) {
        double sum = 0;
        double b = a;
        while (b < LARGE) {
            sum += 1 / b;
            b++;
        }
        double s = 1 / b / b;
        double series = s
                * (1 / 12.0
                        - s
                                * (1 / 120.0
                                        - s
                                                * (1 / 252.0
                                                        - s
                                                                * (1 / 240.0
                                                                        - s
                                                                                * (1 / 132.0
                                                                                        - s
                                                                                                * (691 / 32760.0
                                                                                                        - s / 12))))));
        double tail = 0.5 / b + series;
        // below LARGE, ψ(a) = ψ(b) − Σ 1/(a + k); log a/b by the logarithm of the ratio
        return b == a ? tail : Math.log(a / b) + sum + tail;
    }

    /// ψ(a), to 1e-15 absolute and relative to its larger part.
    static double digamma(double a) {
        return Math.log(a) - logMinusDigamma(a);
    }
}
