package io.fluvial.transform;

/// The lower triangle of an n × n matrix as a vector, row by row: (0,0), (1,0), (1,1), (2,0), …
final class Triangle {

    private Triangle() {}

    static int atLeast(String what, int least, int n) {
        if (n < least) {
            throw new IllegalArgumentException(what + " needs a size of at least " + least + ", got " + n);
        }
        return n;
    }

    /// Numbers in the triangle, with the diagonal.
    static int size(int n) {
        return n * (n + 1) / 2;
    }

    /// Numbers below the diagonal: none of row 0.
    static int strictSize(int n) {
        return n * (n - 1) / 2;
    }

    /// Where the rest of row i, j ≤ i, starts.
    static int row(int i) {
        return i * (i + 1) / 2;
    }

    /// Where row i starts if the diagonal is left out.
    static int strictRow(int i) {
        return i * (i - 1) / 2;
    }

    /// The triangle into a matrix, zeros above it.
    static void unpack(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                y[i * n + j] = j <= i ? x[row(i) + j] : 0;
            }
        }
    }

    /// The triangle of a matrix.
    static void pack(double[] y, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            System.arraycopy(y, i * n, x, row(i), i + 1);
        }
    }
}
