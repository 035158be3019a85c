package io.fluvial.internal;

/// Solves with triangular matrices for many right-hand sides at once: `b` is `[dim × lanes]`, replaced by the
/// solution. The inner loops run along lanes, so they vectorise without help.
public final class Triangular {

    private Triangular() {}

    /// U·x = b with U upper.
    public static void solveUpper(float[] m, int u, int dim, float[] d, int b, int stride, int n) {
        for (int r = dim - 1; r >= 0; r--) {
            for (int k = r + 1; k < dim; k++) {
                subtractScaled(d, b + r * stride, m[u + r * dim + k], b + k * stride, n);
            }
            divide(d, b + r * stride, m[u + r * dim + r], n);
        }
    }

    /// Uᵀ·x = b with U upper.
    public static void solveUpperTransposed(float[] m, int u, int dim, float[] d, int b, int stride, int n) {
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k < r; k++) {
                subtractScaled(d, b + r * stride, m[u + k * dim + r], b + k * stride, n);
            }
            divide(d, b + r * stride, m[u + r * dim + r], n);
        }
    }

    private static void subtractScaled(float[] d, int at, float scale, int from, int n) {
        for (int i = 0; i < n; i++) {
            d[at + i] -= scale * d[from + i];
        }
    }

    private static void divide(float[] d, int at, float divisor, int n) {
        for (int i = 0; i < n; i++) {
            d[at + i] /= divisor; // a diagonal exp(·) > 0
        }
    }
}
