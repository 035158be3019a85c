package io.fluvial.scalar;

import io.fluvial.Lane;

/// What maps of R onto R do where a result leaves the range of float: it stays at the largest
/// float, and the log-derivative says that no density is there – −∞ for `forward`, +∞ for
/// `inverse`, whose reciprocal counts.
final class Ends {

    private Ends() {}

    static boolean beyond(double value) {
        return Math.abs(value) > Float.MAX_VALUE;
    }

    /// Rounds y and sets log f′.
    static float forward(double y, double logDerivative, Lane lane) {
        lane.logDerivative(beyond(y) ? Double.NEGATIVE_INFINITY : logDerivative);
        return clamp(y);
    }

    /// Rounds x and sets log f′.
    static float inverse(double x, double logDerivative, Lane lane) {
        lane.logDerivative(beyond(x) ? Double.POSITIVE_INFINITY : logDerivative);
        return clamp(x);
    }

    private static float clamp(double value) {
        return (float) Math.min(Math.max(value, -Float.MAX_VALUE), Float.MAX_VALUE); // NaN stays NaN
    }

    /// The pullback where both results are constants: sets all gradients to 0.
    static float noGradient(int parameters, Lane lane) {
        for (int k = 0; k < parameters; k++) {
            lane.gradient(k, 0);
        }
        return 0;
    }
}
