package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Simplex;

/// Softmax, y_k = exp x_k / Σ exp x_j, from n numbers to probabilities.
///
/// No bijection: numbers that differ by a constant lead to one y, and [#inverse] gives those whose exponentials sum to
/// 1, x = log y. Symmetric in the categories, which optimizers like; [StickBreaking] is the bijection.
///
/// @param n numbers in a vector, at least 1
public record Softmax(int n) implements Transform {

    public Softmax {
        Triangle.atLeast("softmax", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n);
    }

    @Override
    public Constraint codomain() {
        return new Simplex(n);
    }

    @Override
    public boolean isBijective() {
        return false;
    }

    @Override
    public void forward(double[] x, double[] y) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double number : x) {
            largest = Math.max(largest, number);
        }
        double sum = 0;
        for (int k = 0; k < n; k++) {
            y[k] = Math.exp(x[k] - largest); // the largest becomes 1
            sum += y[k];
        }
        for (int k = 0; k < n; k++) {
            y[k] /= sum; // in [1, n]
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        for (int k = 0; k < n; k++) {
            x[k] = Math.log(y[k]);
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        throw new UnsupportedOperationException(
                "softmax is no bijection and has no log-determinant: StickBreaking has one");
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double mean = 0;
        for (int k = 0; k < n; k++) {
            mean += y[k] * gY[k];
        }
        for (int k = 0; k < n; k++) {
            gX[k] = y[k] * (gY[k] - mean);
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        for (int k = 0; k < n; k++) {
            gY[k] = gX[k] / y[k];
        }
    }
}
