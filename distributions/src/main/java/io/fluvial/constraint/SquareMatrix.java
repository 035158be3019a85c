package io.fluvial.constraint;

import org.jspecify.annotations.Nullable;

/// Properties that an n × n matrix, stored row by row, has or lacks, in the words of a violation.
final class SquareMatrix {

    private SquareMatrix() {}

    static Shape shape(int n) {
        return Shape.of(n, n);
    }

    static int checked(String what, int n) {
        return Violations.atLeast(what, 1, n);
    }

    static @Nullable String notFinite(double[] a, int n) {
        return Violations.ofNumbers(a, shape(n));
    }

    /// Zeros above the diagonal are exact.
    static @Nullable String notLowerTriangular(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (a[i * n + j] != 0) {
                    return "row " + i + ", column " + j + ": expected 0 above the diagonal, got " + a[i * n + j];
                }
            }
        }
        return null;
    }

    static @Nullable String diagonalNotPositive(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            if (!(a[i * n + i] > 0)) {
                return "row " + i + ", column " + i + ": expected a positive number on the diagonal, got "
                        + a[i * n + i];
            }
        }
        return null;
    }

    static @Nullable String diagonalNotOne(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            if (Math.abs(a[i * n + i] - 1) > Violations.TOLERANCE) {
                return "row " + i + ", column " + i + ": expected 1 on the diagonal, got " + a[i * n + i];
            }
        }
        return null;
    }

    static @Nullable String rowsNotOfLengthOne(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            double norm = Violations.norm(a, i * n, (i + 1) * n);
            if (Math.abs(norm - 1) > Violations.TOLERANCE) {
                return "row " + i + ": expected the length 1, got " + norm;
            }
        }
        return null;
    }

    static @Nullable String notSymmetric(double[] a, int n) {
        double tolerance = Violations.TOLERANCE * Violations.largest(a);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(a[i * n + j] - a[j * n + i]) > tolerance) {
                    return "row " + i + ", column " + j + ": expected " + a[j * n + i]
                            + " as on the other side of the diagonal, got " + a[i * n + j];
                }
            }
        }
        return null;
    }

    /// By the Cholesky factorization of the lower triangle, which has to exist in double precision.
    static @Nullable String notPositiveDefinite(double[] a, int n) {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    rest -= l[i * n + k] * l[j * n + k];
                }
                if (j < i) {
                    l[i * n + j] = rest / l[j * n + j]; // positive, checked in an earlier row
                } else if (rest > 0) {
                    l[i * n + i] = Math.sqrt(rest);
                } else {
                    return "row " + i + ": expected a positive definite matrix, got one whose first " + (i + 1)
                            + " rows and columns have the pivot " + rest;
                }
            }
        }
        return null;
    }

    /// By elimination with the largest diagonal entry as pivot, after rows and columns were scaled to a diagonal of 1:
    /// what remains when no pivot is above the tolerance must vanish.
    static @Nullable String notPositiveSemidefinite(double[] a, int n) {
        double largest = Violations.largest(a);
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            double diagonal = a[i * n + i];
            if (diagonal < -Violations.TOLERANCE * largest) {
                return "row " + i + ", column " + i + ": expected a number ≥ 0 on the diagonal, got " + diagonal;
            }
            scale[i] = Math.sqrt(Math.max(diagonal, Violations.TOLERANCE * Violations.TOLERANCE * largest));
        }
        double[] rest = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rest[i * n + j] = largest == 0 ? 0 : a[Math.max(i, j) * n + Math.min(i, j)] / scale[i] / scale[j];
            }
        }
        boolean[] done = new boolean[n];
        double tolerance = n * Violations.TOLERANCE;
        for (int step = 0; step < n; step++) {
            int pivot = largestPivot(rest, n, done);
            if (!(rest[pivot * n + pivot] > tolerance)) {
                break;
            }
            done[pivot] = true;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n && !done[i]; j++) {
                    if (!done[j]) {
                        rest[i * n + j] -= rest[i * n + pivot] * rest[pivot * n + j] / rest[pivot * n + pivot];
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (!done[i] && !done[j] && (i == j ? -rest[i * n + i] : Math.abs(rest[i * n + j])) > tolerance) {
                    return "row " + i + ", column " + j + ": expected a positive semidefinite matrix, got one with "
                            + rest[i * n + j] + " left here after elimination";
                }
            }
        }
        return null;
    }

    private static int largestPivot(double[] rest, int n, boolean[] done) {
        int pivot = -1;
        for (int i = 0; i < n; i++) {
            if (!done[i] && (pivot < 0 || rest[i * n + i] > rest[pivot * n + pivot])) {
                pivot = i;
            }
        }
        return pivot;
    }
}
