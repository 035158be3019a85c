package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Sphere;

/// From n − 1 free numbers onto the sphere of unit vectors of n numbers: the inverse stereographic projection,
///
///     y = (2x, r² − 1) / (r² + 1),   r² = Σ x² ,
///
/// which takes 0 to the pole (0, …, 0, −1) and misses the opposite one, (0, …, 0, 1), alone. It is conformal; to the
/// surface of the sphere ℓ = (n − 1) log (2 / (1 + r²)). Both ends keep their digits: nothing is subtracted from
/// 1. O(n).
///
/// @param n numbers of y, at least 2
public record IntoSphere(int n) implements Transform {

    public IntoSphere {
        Triangle.atLeast("a sphere", 2, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n - 1);
    }

    @Override
    public Constraint codomain() {
        return new Sphere(n);
    }

    /// 2 / (1 + r²), how much lengths change.
    private static double scale(double r) {
        return r <= 1 ? 2 / (1 + r * r) : 2 / r / (r + 1 / r);
    }

    @Override
    public void forward(double[] x, double[] y) {
        double r = Radius.of(x, n - 1);
        double toUnit = r <= 1 ? 1 : 1 / r; // x / r first, so that squares are at most 1
        double q = Math.min(r, 1 / r);
        for (int k = 0; k < n - 1; k++) {
            y[k] = x[k] * toUnit * (2 * (r <= 1 ? 1 : q) / (1 + q * q));
        }
        y[n - 1] = (r <= 1 ? -1 : 1) * (1 - q) * (1 + q) / (1 + q * q);
        if (Double.isNaN(r)) {
            y[n - 1] = r;
        }
    }

    /// y / (1 − y_n); the denominator is ρ² / (1 + y_n) where y_n > 0. NaN at the pole that is missed.
    @Override
    public void inverse(double[] y, double[] x) {
        double last = y[n - 1];
        double rho = Radius.of(y, n - 1);
        for (int k = 0; k < n - 1; k++) {
            x[k] = last > 0 ? y[k] / rho * (1 + last) / rho : y[k] / (1 - last);
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double r = Radius.of(x, n - 1);
        double logSquare = r <= 1 ? Math.log1p(r * r) : 2 * Math.log(r) + Math.log1p(1 / r / r);
        return (n - 1) * (Math.log(2) - logSquare);
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double scale = scale(Radius.of(x, n - 1));
        double along = Radius.dot(gY, y, n - 1) - gY[n - 1] * scale + gLogDet * (n - 1);
        for (int k = 0; k < n - 1; k++) {
            gX[k] = scale * gY[k] - y[k] * along;
        }
    }

    /// As JᵀJ = (2 / (1 + r²))² I, the inverse is J over that factor.
    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double along = Radius.dot(gX, x, n - 1);
        double scale = scale(Radius.of(x, n - 1));
        for (int k = 0; k < n - 1; k++) {
            gY[k] = gX[k] / scale - x[k] * along;
        }
        gY[n - 1] = along;
    }
}
