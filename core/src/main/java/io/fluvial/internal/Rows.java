package io.fluvial.internal;

import java.util.Arrays;

/// Moves and signs of whole `[rows × lanes]` matrices, row r at `at + r * stride`, the first n lanes of each. The
/// loops run along lanes, so they vectorise without help.
public final class Rows {

    private Rows() {}

    /// m = 0.
    public static void zero(float[] d, int m, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(d, m + r * stride, m + r * stride + n, 0f);
        }
    }

    /// to = from.
    public static void copy(float[] d, int from, int to, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(d, from + r * stride, d, to + r * stride, n);
        }
    }

    /// to += from.
    public static void add(float[] d, int from, int to, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            for (int i = r * stride; i < r * stride + n; i++) {
                d[to + i] += d[from + i];
            }
        }
    }

    /// One row: to = from · factor.
    public static void multiply(float[] d, int from, int to, float factor, int n) {
        for (int i = 0; i < n; i++) {
            d[to + i] = d[from + i] * factor;
        }
    }

    /// One row: to = from / divisor.
    public static void divide(float[] d, int from, int to, float divisor, int n) {
        for (int i = 0; i < n; i++) {
            d[to + i] = d[from + i] / divisor;
        }
    }

    /// One row: to += from · factor.
    public static void addScaled(float[] d, int from, int to, float factor, int n) {
        for (int i = 0; i < n; i++) {
            d[to + i] += d[from + i] * factor;
        }
    }

    /// One row: to = a − b.
    public static void subtract(float[] d, int a, int b, int to, int n) {
        for (int i = 0; i < n; i++) {
            d[to + i] = d[a + i] - d[b + i];
        }
    }

    /// m = −m.
    public static void negate(float[] d, int m, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            for (int i = r * stride; i < r * stride + n; i++) {
                d[m + i] = -d[m + i];
            }
        }
    }

    /// `to[r] = from[r] − b[at + r]`, the same number off every lane of a row.
    public static void subtract(float[] d, int from, float[] b, int at, int to, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            float off = b[at + r];
            for (int i = r * stride; i < r * stride + n; i++) {
                d[to + i] = d[from + i] - off;
            }
        }
    }
}
