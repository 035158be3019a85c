package io.fluvial.distribution;

import io.fluvial.internal.GammaFunction;

/// Differences of log Γ and ψ over a step, without the cancellation of large logarithms.
final class GammaStep {

    private static final double LARGE = 10;

    private GammaStep() {}

    /// log Γ(a + h) − log Γ(a) − h log a, for a > 0 and h ≥ 0; about h(h − 1)/(2 a).
    static double log(double a, double h) {
        if (a < LARGE) {
            return GammaFunction.log(a + h) - GammaFunction.log(a) - h * Math.log(a);
        }
        return (a + h - 0.5) * Math.log1p(h / a) - h + StirlingRemainder.error(a + h) - StirlingRemainder.error(a);
    }

    /// ψ(a + h) − ψ(a), for a > 0 and h ≥ 0; about h/a.
    static double digamma(double a, double h) {
        if (a < LARGE) {
            return GammaFunction.digamma(a + h) - GammaFunction.digamma(a);
        }
        return Math.log1p(h / a) + StirlingRemainder.logMinusDigamma(a) - StirlingRemainder.logMinusDigamma(a + h);
    }
}
