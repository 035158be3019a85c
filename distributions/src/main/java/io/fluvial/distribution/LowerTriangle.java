package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import java.util.Arrays;

/// A lower triangular matrix L with a positive diagonal, the Cholesky factor of LLᵀ; packed row by row, L_ij with
/// j ≤ i at i(i + 1)/2 + j.
final class LowerTriangle {

    /// Symmetry up to this times the largest of the two diagonals' mean: what rounding of a computed product leaves.
    private static final double SYMMETRY = 1e-9;

    private final int n;
    private final double[] packed;

    private LowerTriangle(int n, double[] packed) {
        this.n = n;
        this.packed = packed;
    }

    /// The factor of a symmetric positive-definite matrix.
    ///
    /// @param matrix `[n × n]` row by row, *Read*
    static LowerTriangle cholesky(String where, String what, double[] matrix, int n) {
        checkSymmetric(where, what, matrix, n);
        double[] l = new double[size(n)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[at(i, k)] * l[at(j, k)];
                }
                if (i > j) {
                    l[at(i, j)] = sum / l[at(j, j)];
                } else if (sum > 0) {
                    l[at(i, i)] = Math.sqrt(sum);
                } else {
                    throw new IllegalArgumentException(
                            where + ": " + what + " is not positive definite, pivot " + i + " is " + sum);
                }
            }
        }
        return new LowerTriangle(n, l);
    }

    /// The factor L of the inverse of a symmetric positive-definite matrix P: LLᵀ = P⁻¹.
    ///
    /// With rows and columns in reverse order the Cholesky factor of P is an upper triangle U, P = UUᵀ, so L = U⁻ᵀ.
    static LowerTriangle choleskyOfInverse(String where, String what, double[] matrix, int n) {
        checkSymmetric(where, what, matrix, n);
        double[] reversed = new double[n * n];
        for (int k = 0; k < n * n; k++) {
            reversed[k] = matrix[n * n - 1 - k];
        }
        double[] inverse = cholesky(where, what, reversed, n).inverse().packed;
        double[] l = new double[size(n)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                l[at(i, j)] = inverse[at(n - 1 - j, n - 1 - i)];
            }
        }
        return new LowerTriangle(n, l);
    }

    /// @param matrix `[n × n]` row by row, zero above the diagonal, *Read*
    static LowerTriangle ofMatrix(String where, String what, double[] matrix, int n) {
        Parameter.length(where, what, matrix, n * n);
        double[] l = new double[size(n)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (j <= i) {
                    l[at(i, j)] = matrix[i * n + j];
                } else if (matrix[i * n + j] != 0) {
                    throw new IllegalArgumentException(where + ": " + what + " must be zero above the diagonal, got "
                            + matrix[i * n + j] + " in row " + i + ", column " + j);
                }
            }
        }
        return ofPacked(where, what, l, n);
    }

    /// @param packed `[n(n + 1)/2]`, kept
    static LowerTriangle ofPacked(String where, String what, double[] packed, int n) {
        Parameter.length(where, what, packed, size(n));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                Parameter.finite(where, what + "[" + i + ", " + j + "]", packed[at(i, j)]);
            }
            Parameter.positive(where, what + "[" + i + ", " + i + "]", packed[at(i, i)]);
        }
        return new LowerTriangle(n, packed);
    }

    /// @param packed `[n(n + 1)/2]` with a positive diagonal, kept
    static LowerTriangle trusted(double[] packed, int n) {
        return new LowerTriangle(n, packed);
    }

    private static void checkSymmetric(String where, String what, double[] matrix, int n) {
        Parameter.length(where, what, matrix, n * n);
        for (int k = 0; k < n * n; k++) {
            if (!Double.isFinite(matrix[k])) {
                Parameter.finite(where, what + "[" + k / n + ", " + k % n + "]", matrix[k]);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double a = matrix[i * n + j];
                double b = matrix[j * n + i];
                double scale = Math.sqrt(Math.abs(matrix[i * n + i])) * Math.sqrt(Math.abs(matrix[j * n + j]));
                if (!(Math.abs(a - b) <= SYMMETRY * scale)) {
                    throw new IllegalArgumentException(where + ": " + what + " must be symmetric, got " + a + " in row "
                            + i + ", column " + j + " and " + b + " across the diagonal");
                }
            }
        }
    }

    /// Where packed triangles live: positive diagonals, other numbers free.
    static Constraint space(int n) {
        Constraint[] parts = new Constraint[size(n)];
        Arrays.fill(parts, Interval.REAL);
        for (int i = 0; i < n; i++) {
            parts[at(i, i)] = Interval.POSITIVE;
        }
        return Cat.of(parts);
    }

    static int size(int n) {
        return n * (n + 1) / 2;
    }

    static int at(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    int n() {
        return n;
    }

    double get(int i, int j) {
        return packed[at(i, j)];
    }

    /// Packed numbers into `out` from `from` on.
    void copyInto(double[] out, int from) {
        System.arraycopy(packed, 0, out, from, packed.length);
    }

    /// log det L.
    double logDet() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(packed[at(i, i)]);
        }
        return sum;
    }

    /// b ← L⁻¹ b.
    void solve(double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= packed[at(i, j)] * b[j];
            }
            b[i] = sum / packed[at(i, i)];
        }
    }

    /// b ← L⁻ᵀ b.
    void solveTransposed(double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= packed[at(i, i)];
            for (int j = 0; j < i; j++) {
                b[j] -= packed[at(i, j)] * b[i];
            }
        }
    }

    /// b ← L b.
    void multiply(double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += packed[at(i, j)] * b[j];
            }
            b[i] = sum;
        }
    }

    /// L M, a lower triangle again.
    LowerTriangle times(LowerTriangle m) {
        double[] product = new double[packed.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = j; k <= i; k++) {
                    sum += packed[at(i, k)] * m.packed[at(k, j)];
                }
                product[at(i, j)] = sum;
            }
        }
        return new LowerTriangle(n, product);
    }

    LowerTriangle inverse() {
        double[] inverse = new double[packed.length];
        for (int j = 0; j < n; j++) {
            inverse[at(j, j)] = 1 / packed[at(j, j)];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= packed[at(i, k)] * inverse[at(k, j)];
                }
                inverse[at(i, j)] = sum / packed[at(i, i)];
            }
        }
        return new LowerTriangle(n, inverse);
    }

    /// (LLᵀ)_ij.
    double product(int i, int j) {
        double sum = 0;
        for (int k = 0; k <= Math.min(i, j); k++) {
            sum += packed[at(i, k)] * packed[at(j, k)];
        }
        return sum;
    }

    /// LLᵀ `[n × n]`.
    double[] product() {
        double[] product = new double[n * n];
        productInto(product);
        return product;
    }

    /// LLᵀ into `out [n × n]`, exactly symmetric.
    void productInto(double[] out) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                out[i * n + j] = out[j * n + i] = product(i, j);
            }
        }
    }

    /// (LLᵀ)⁻¹ `[n × n]`.
    double[] inverseProduct() {
        LowerTriangle k = inverse();
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int r = i; r < n; r++) {
                    sum += k.packed[at(r, i)] * k.packed[at(r, j)];
                }
                product[i * n + j] = product[j * n + i] = sum;
            }
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LowerTriangle triangle && Arrays.equals(packed, triangle.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return Arrays.toString(packed);
    }
}
