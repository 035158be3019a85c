package io.fluvial.transform;

/// A = L Lᵀ and its derivatives, in both directions; n × n matrices row by row.
final class Cholesky {

    private Cholesky() {}

    /// A = L Lᵀ, exactly symmetric.
    static void multiply(double[] l, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += l[i * n + k] * l[j * n + k];
                }
                a[i * n + j] = sum;
                a[j * n + i] = sum;
            }
        }
    }

    /// gL = (G + Gᵀ) L below and on the diagonal, from G = ∂/∂A with all its numbers as if free.
    static void multiplyPullback(double[] l, double[] gA, double[] gL, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = j; k < n && j <= i; k++) {
                    sum += (gA[i * n + k] + gA[k * n + i]) * l[k * n + j];
                }
                gL[i * n + j] = sum;
            }
        }
    }

    /// L of the lower triangle of A, zeros above; NaN where A is not positive definite.
    static void factor(double[] a, double[] l, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double rest = j <= i ? a[i * n + j] : 0;
                for (int k = 0; k < j && j <= i; k++) {
                    rest -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = j < i ? rest / l[j * n + j] : j == i ? Math.sqrt(rest) : 0;
            }
        }
    }

    /// gA, symmetric, from gL: L⁻ᵀ Φ(Lᵀ gL) L⁻¹ and its transpose, halved, where Φ keeps the lower triangle and half
    /// of the diagonal. Source: Murray 2016, arXiv:1602.07527, eq. (9)–(10).
    static void factorPullback(double[] l, double[] gL, double[] gA, int n) {
        double[] p = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += l[k * n + i] * gL[k * n + j];
                }
                p[i * n + j] = i == j ? 0.5 * sum : sum;
            }
        }
        for (int j = 0; j < n; j++) { // columns: L⁻ᵀ from the left
            for (int i = n - 1; i >= 0; i--) {
                double rest = p[i * n + j];
                for (int k = i + 1; k < n; k++) {
                    rest -= l[k * n + i] * p[k * n + j];
                }
                p[i * n + j] = rest / l[i * n + i];
            }
        }
        for (int i = 0; i < n; i++) { // rows: L⁻¹ from the right
            for (int j = n - 1; j >= 0; j--) {
                double rest = p[i * n + j];
                for (int k = j + 1; k < n; k++) {
                    rest -= p[i * n + k] * l[k * n + j];
                }
                p[i * n + j] = rest / l[j * n + j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double half = 0.5 * (p[i * n + j] + p[j * n + i]);
                gA[i * n + j] = half;
                gA[j * n + i] = half;
            }
        }
    }
}
