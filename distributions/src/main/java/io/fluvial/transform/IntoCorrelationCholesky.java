package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.CorrelationCholesky;
import io.fluvial.constraint.Each;

/// From n (n − 1) / 2 free numbers onto Cholesky factors of correlation matrices. Row i is a unit vector,
///
///     L_ij = tanh(x_ij) w_ij,   w_{i,j+1} = w_ij / cosh(x_ij),   w_i0 = 1,   L_ii = w_ii ,
///
/// x below the diagonal row by row: (1,0), (2,0), (2,1), … To the numbers below the diagonal,
///
///     ℓ = −Σ_{j<i} (i + 1 − j) log cosh x_ij .
///
/// tanh(x) is a canonical partial correlation (Lewandowski, Kurowicka & Joe 2009, J. Multivariate Anal. 100, section
/// 2.4; Stan Reference Manual, "Cholesky factors of correlation matrices"). Remainders are products of
/// 1/cosh, never 1 − Σ L², and the inverse sums squares from the diagonal: no digits are lost near ±1, nothing is
/// clamped; a diagonal that would round to 0 becomes the smallest positive number. O(n²).
///
/// @param n rows and columns, at least 2
public record IntoCorrelationCholesky(int n) implements Transform {

    public IntoCorrelationCholesky {
        Triangle.atLeast("a free correlation matrix", 2, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(Triangle.strictSize(n));
    }

    @Override
    public Constraint codomain() {
        return new CorrelationCholesky(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int i = 0; i < n; i++) {
            int row = Triangle.strictRow(i);
            double rest = 1;
            for (int j = 0; j < i; j++) {
                y[i * n + j] = rest * Math.tanh(x[row + j]);
                rest *= Sech.of(x[row + j]);
            }
            y[i * n + i] = Math.max(rest, Double.MIN_VALUE);
            for (int j = i + 1; j < n; j++) {
                y[i * n + j] = 0;
            }
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        for (int i = 1; i < n; i++) {
            int row = Triangle.strictRow(i);
            double rest = y[i * n + i]; // w_{i,j+1}
            for (int j = i - 1; j >= 0; j--) {
                x[row + j] = Sech.asinh(y[i * n + j] / rest);
                rest = Math.hypot(rest, y[i * n + j]);
            }
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = 0;
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                sum += (i + 1 - j) * Sech.log(x[Triangle.strictRow(i) + j]);
            }
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        for (int i = 1; i < n; i++) {
            int row = Triangle.strictRow(i);
            double rest = 1;
            for (int j = 0; j < i; j++) {
                gX[row + j] = rest; // w_ij, until it is needed
                rest *= Sech.of(x[row + j]);
            }
            double gRest = gY[i * n + i];
            for (int j = i - 1; j >= 0; j--) {
                double tanh = Math.tanh(x[row + j]);
                double sech = Sech.of(x[row + j]);
                double g = gY[i * n + j];
                gX[row + j] = gX[row + j] * sech * (g * sech - gRest * tanh) - gLogDet * (i + 1 - j) * tanh;
                gRest = g * tanh + gRest * sech;
            }
        }
    }

    /// sinh x_ij = L_ij / w_{i,j+1}, w_{i,j+1} the length of what follows in the row.
    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        for (int i = 0; i < n; i++) {
            int row = Triangle.strictRow(i);
            double rest = 1; // w_ij
            double gRest = 0;
            for (int j = 0; j < i; j++) {
                double sech = Sech.of(x[row + j]);
                double tanh = Math.tanh(x[row + j]);
                double g = gX[row + j] / rest;
                gY[i * n + j] = g + gRest * tanh;
                gRest = gRest * sech - g * tanh / sech; // no squares of 1/cosh, which overflow early
                rest *= sech;
            }
            gY[i * n + i] = gRest;
            for (int j = i + 1; j < n; j++) {
                gY[i * n + j] = 0;
            }
        }
    }
}
