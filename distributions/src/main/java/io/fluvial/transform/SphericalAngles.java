package io.fluvial.transform;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Sphere;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Spherical coordinates: n − 1 angles, the last one all around, embedded as unit vectors of n numbers,
///
///     y_k = s_k cos x_k,   s_{k+1} = s_k sin x_k,   s_0 = 1,   y_{n−1} = s_{n−1} ,
///
/// x_0, …, x_{n−3} in (0, π), x_{n−2} in \[−π, π). To the surface of the sphere, ℓ = Σ (n − 2 − k) log sin x_k. The
/// half circles on which an angle is not determined (s = 0) are missed. n = 2 is the circle, y = (cos x, sin x). O(n).
///
/// Angles outside their interval give a unit vector all the same, with the ℓ of |sin|.
///
/// @param n numbers of y, at least 2
public record SphericalAngles(int n) implements Transform {

    public SphericalAngles {
        Triangle.atLeast("a sphere", 2, n);
    }

    @Override
    public Constraint domain() {
        List<Constraint> angles = new ArrayList<>(Collections.nCopies(n - 2, Interval.open(0, Math.PI)));
        angles.add(new Angle());
        return new Cat(angles);
    }

    @Override
    public Constraint codomain() {
        return new Sphere(n);
    }

    @Override
    public void forward(double[] x, double[] y) {
        double radius = 1;
        for (int k = 0; k < n - 1; k++) {
            y[k] = radius * Math.cos(x[k]);
            radius *= Math.sin(x[k]);
        }
        y[n - 1] = radius;
    }

    @Override
    public void inverse(double[] y, double[] x) {
        x[n - 2] = Angle.wrap(Math.atan2(y[n - 1], y[n - 2]));
        double radius = Math.hypot(y[n - 1], y[n - 2]);
        for (int k = n - 3; k >= 0; k--) {
            x[k] = Math.atan2(radius, y[k]);
            radius = Math.hypot(radius, y[k]);
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < n - 2; k++) {
            sum += (n - 2 - k) * Math.log(Math.abs(Math.sin(x[k])));
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double radius = 1;
        for (int k = 0; k < n - 1; k++) {
            gX[k] = radius; // s_k, until it is needed
            radius *= Math.sin(x[k]);
        }
        double gRadius = gY[n - 1];
        for (int k = n - 2; k >= 0; k--) {
            double sin = Math.sin(x[k]);
            double cos = Math.cos(x[k]);
            // a weight of zero must not turn an infinite slope into NaN
            double slope = gLogDet == 0 || k == n - 2 ? 0 : gLogDet * (n - 2 - k) * cos / sin;
            gX[k] = gX[k] * (gRadius * cos - gY[k] * sin) + slope;
            gRadius = gY[k] * cos + gRadius * sin;
        }
    }

    /// JᵀJ is diagonal with s_k²: the inverse is J over these.
    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double radius = 1;
        double moved = 0; // derivative of the radius
        for (int k = 0; k < n - 1; k++) {
            double sin = Math.sin(x[k]);
            double cos = Math.cos(x[k]);
            double turn = gX[k] / radius;
            gY[k] = moved * cos - sin * turn;
            moved = moved * sin + cos * turn;
            radius *= sin;
        }
        gY[n - 1] = moved;
    }
}
