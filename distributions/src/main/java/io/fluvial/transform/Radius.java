package io.fluvial.transform;

/// Lengths and products of vectors.
final class Radius {

    private Radius() {}

    /// √(Σ x²) of the numbers before `end`, without overflow.
    static double of(double[] x, int end) {
        double radius = 0;
        for (int k = 0; k < end; k++) {
            radius = Math.hypot(radius, x[k]);
        }
        return radius;
    }

    /// Σ a b over the numbers before `end`.
    static double dot(double[] a, double[] b, int end) {
        double sum = 0;
        for (int k = 0; k < end; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
