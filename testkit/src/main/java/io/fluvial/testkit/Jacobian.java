package io.fluvial.testkit;

/// ∂y/∂x of one sample, in double: its determinant and its inverse.
final class Jacobian {

    private final int dim;
    private final double[][] entries;

    /// @param entries `[output][input]`, copied
    Jacobian(double[][] entries) {
        this.dim = entries.length;
        this.entries = new double[dim][];
        for (int r = 0; r < dim; r++) {
            this.entries[r] = entries[r].clone();
        }
    }

    double get(int output, int input) {
        return entries[output][input];
    }

    /// log |det|.
    double logDet() {
        double sum = 0;
        for (double pivot : eliminate(new double[dim][0])) {
            sum += Math.log(Math.abs(pivot));
        }
        return sum;
    }

    Jacobian inverse() {
        double[][] right = new double[dim][dim];
        for (int r = 0; r < dim; r++) {
            right[r][r] = 1;
        }
        eliminate(right);
        return new Jacobian(right);
    }

    /// Largest row sum of absolute values.
    double norm() {
        double largest = 0;
        for (double[] row : entries) {
            double sum = 0;
            for (double entry : row) {
                sum += Math.abs(entry);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /// Condition number in that norm, at least 1.
    double condition() {
        return norm() * inverse().norm();
    }

    /// Gauss–Jordan with partial pivoting: `right` becomes the solution; returns the pivots.
    private double[] eliminate(double[][] right) {
        double[][] a = new Jacobian(entries).entries;
        double[] pivots = new double[dim];
        for (int k = 0; k < dim; k++) {
            int pivot = k;
            for (int r = k + 1; r < dim; r++) {
                if (Math.abs(a[r][k]) > Math.abs(a[pivot][k])) {
                    pivot = r;
                }
            }
            swap(a, k, pivot);
            swap(right, k, pivot);
            pivots[k] = a[k][k];
            scale(a[k], 1 / pivots[k]); // a singular matrix gives NaN or ∞, which no tolerance accepts
            scale(right[k], 1 / pivots[k]);
            for (int r = 0; r < dim; r++) {
                if (r != k) {
                    double factor = a[r][k];
                    subtract(a[r], factor, a[k]);
                    subtract(right[r], factor, right[k]);
                }
            }
        }
        return pivots;
    }

    private static void swap(double[][] rows, int i, int k) {
        double[] kept = rows[i];
        rows[i] = rows[k];
        rows[k] = kept;
    }

    private static void scale(double[] row, double factor) {
        for (int c = 0; c < row.length; c++) {
            row[c] *= factor;
        }
    }

    private static void subtract(double[] row, double factor, double[] other) {
        for (int c = 0; c < row.length; c++) {
            row[c] -= factor * other[c];
        }
    }
}
