package io.fluvial.transform;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Sphere;
import io.fluvial.constraint.Stack;

/// n angles in \[−π, π) as points of n circles, y_k = (cos x_k, sin x_k): events of shape `[n, 2]` without a seam, such
/// as
/// networks want. To the surface, ℓ = 0.
///
/// [#inverse] takes the direction of each pair, whatever its length.
///
/// @param n angles, at least 1
public record TorusEmbedding(int n) implements Transform {

    public TorusEmbedding {
        Triangle.atLeast("a torus", 1, n);
    }

    @Override
    public Constraint domain() {
        return Each.of(new Angle(), n);
    }

    @Override
    public Constraint codomain() {
        return Stack.of(n, new Sphere(2));
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int k = 0; k < n; k++) {
            y[2 * k] = Math.cos(x[k]);
            y[2 * k + 1] = Math.sin(x[k]);
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        for (int k = 0; k < n; k++) {
            x[k] = Angle.wrap(Math.atan2(y[2 * k + 1], y[2 * k]));
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return 0;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        for (int k = 0; k < n; k++) {
            gX[k] = y[2 * k] * gY[2 * k + 1] - y[2 * k + 1] * gY[2 * k];
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        for (int k = 0; k < n; k++) {
            gY[2 * k] = -y[2 * k + 1] * gX[k];
            gY[2 * k + 1] = y[2 * k] * gX[k];
        }
    }
}
