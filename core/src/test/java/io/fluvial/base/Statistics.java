package io.fluvial.base;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Goodness of fit of draws.
final class Statistics {

    private Statistics() {}

    /// The largest distance between the draws' empirical distribution function and `cdf`. Sorts the draws.
    static double kolmogorovSmirnov(double[] draws, DoubleUnaryOperator cdf) {
        Arrays.sort(draws);
        int n = draws.length;
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double p = cdf.applyAsDouble(draws[i]);
            distance = Math.max(distance, Math.max(p - (double) i / n, (i + 1.0) / n - p));
        }
        return distance;
    }

    /// The distance that n draws from the right distribution exceed with probability α at most (Massart 1990: α ≤ 2
    /// exp(−2nD²)).
    static double limit(int n, double alpha) {
        return Math.sqrt(Math.log(2 / alpha) / (2 * n));
    }

    /// A tabulated function at x, linear between its points and constant beyond.
    static double interpolate(float[] points, double[] values, double x) {
        int at = Arrays.binarySearch(points, (float) x);
        if (at >= 0) {
            return values[at];
        }
        int next = -at - 1;
        if (next == 0 || next == points.length) {
            return values[Math.min(next, points.length - 1)];
        }
        double share = (x - points[next - 1]) / (points[next] - points[next - 1]);
        return values[next - 1] + share * (values[next] - values[next - 1]);
    }
}
