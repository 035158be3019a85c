package io.fluvial.transform;

/// The Jacobian ∂y/∂x `[n × n]` of a transform at one point, gathered by n pullbacks.
final class SquareJacobian {

    private final int n;
    /// Row k: ∂y_k/∂x.
    private final double[] rows;

    private SquareJacobian(int n, double[] rows) {
        this.n = n;
        this.rows = rows;
    }

    static SquareJacobian of(Transform f, double[] x, double[] y) {
        int n = x.length;
        if (y.length != n) {
            throw new UnsupportedOperationException(f + " leads from " + n + " numbers to " + y.length
                    + ": its Jacobian is not square, it needs an inversePullback of its own");
        }
        double[] rows = new double[n * n];
        double[] unit = new double[n];
        double[] row = new double[n];
        for (int k = 0; k < n; k++) {
            unit[k] = 1;
            f.pullback(x, y, unit, 0, row);
            unit[k] = 0;
            System.arraycopy(row, 0, rows, k * n, n);
        }
        return new SquareJacobian(n, rows);
    }

    /// gY with Jᵀ gY = gX, by elimination with partial pivoting; infinite or NaN where J is singular.
    void solveTransposed(double[] gX, double[] gY) {
        double[] a = new double[n * n]; // Jᵀ
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                a[i * n + k] = rows[k * n + i];
            }
        }
        double[] b = gX.clone();
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) {
                    pivot = i;
                }
            }
            swapRows(a, b, k, pivot);
            for (int i = k + 1; i < n; i++) {
                double factor = a[i * n + k] / a[k * n + k];
                for (int j = k + 1; j < n; j++) {
                    a[i * n + j] -= factor * a[k * n + j];
                }
                b[i] -= factor * b[k];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            double sum = b[k];
            for (int j = k + 1; j < n; j++) {
                sum -= a[k * n + j] * gY[j];
            }
            gY[k] = sum / a[k * n + k];
        }
    }

    private void swapRows(double[] a, double[] b, int k, int l) {
        if (k == l) {
            return;
        }
        for (int j = 0; j < n; j++) {
            double t = a[k * n + j];
            a[k * n + j] = a[l * n + j];
            a[l * n + j] = t;
        }
        double t = b[k];
        b[k] = b[l];
        b[l] = t;
    }
}
