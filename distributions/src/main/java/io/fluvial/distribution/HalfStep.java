package io.fluvial.distribution;

import org.apache.commons.numbers.gamma.LogGamma;

/// c(x) = log Γ(x + ½) − log Γ(x) − ½ log x, which normalises Student's t, and its slope: both fall to zero as x grows,
/// where differences of log Γ would leave rounding only.
///
/// The series in 1/x follows from Stirling's with shifted argument (Luke 1969, section 2.11, eq. 14).
final class HalfStep {

    private static final double LARGE = 20;

    private HalfStep() {}

    static double log(double x) {
        if (x < LARGE) {
            return LogGamma.value(x + 0.5) - LogGamma.value(x) - 0.5 * Math.log(x);
        }
        double s = 1 / x / x;
        return -(1 / 8.0
                        - s
                                * (1 / 192.0
                                        - s
                                                * (1 / 640.0
                                                        - s
                                                                * (17 / 14336.0
                                                                        - s * (31 / 18432.0 - s * 691 / 180224.0)))))
                / x;
    }

    static double slope(double x) {
        if (x < LARGE) {
            return StirlingRemainder.digamma(x + 0.5) - StirlingRemainder.digamma(x) - 0.5 / x;
        }
        double s = 1 / x / x;
        return s
                * (1 / 8.0
                        - s * (1 / 64.0 - s * (1 / 128.0 - s * (17 / 2048.0 - s * (31 / 2048.0 - s * 691 / 16384.0)))));
    }
}
