package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Simplex;

/// Stick breaking, from n − 1 free numbers to n probabilities: number k takes a share of what those before it left,
///
///     y_k = z_k r_k,   r_{k+1} = r_k (1 − z_k),   r_0 = 1,   z_k = σ(x_k − log (n − 1 − k)),   y_{n−1} = r_{n−1}
///
/// with k from 0. The logarithm makes x = 0 the uniform distribution. To the first n − 1 numbers of y,
///
///     ℓ = Σ log z_k + (n − 1 − k) log (1 − z_k) .
///
/// Source: Stan Reference Manual, "Unit simplex". Here 1 − z is a sigmoid of its own and the inverse sums the
/// tail, so that small probabilities keep their digits. O(n).
///
/// @param n numbers of y, at least 2
public record StickBreaking(int n) implements Transform {

    public StickBreaking {
        Triangle.atLeast("stick breaking", 2, n);
    }

    @Override
    public Constraint domain() {
        return Each.real(n - 1);
    }

    @Override
    public Constraint codomain() {
        return new Simplex(n);
    }

    /// x_k − log (n − 1 − k): log-odds of the share that number k takes.
    private double logit(double[] x, int k) {
        return x[k] - Math.log(n - 1 - k);
    }

    @Override
    public void forward(double[] x, double[] y) {
        double rest = 1;
        for (int k = 0; k < n - 1; k++) {
            double t = logit(x, k);
            y[k] = rest * LogOdds.sigmoid(t);
            rest *= LogOdds.sigmoid(-t);
        }
        y[n - 1] = rest;
    }

    /// Where nothing is left to break, the uniform share: 0.
    @Override
    public void inverse(double[] y, double[] x) {
        double rest = y[n - 1];
        for (int k = n - 2; k >= 0; k--) {
            x[k] = y[k] == 0 && rest == 0 ? 0 : LogOdds.of(y[k], rest) + Math.log(n - 1 - k);
            rest += y[k];
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < n - 1; k++) {
            double t = logit(x, k);
            sum -= LogOdds.softplus(-t) + (n - 1 - k) * LogOdds.softplus(t);
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double rest = 1;
        for (int k = 0; k < n - 1; k++) {
            gX[k] = rest; // r_k, until it is needed
            rest *= LogOdds.sigmoid(-logit(x, k));
        }
        double gRest = gY[n - 1];
        for (int k = n - 2; k >= 0; k--) {
            double t = logit(x, k);
            double share = LogOdds.sigmoid(t);
            double left = LogOdds.sigmoid(-t);
            gX[k] = gX[k] * share * left * (gY[k] - gRest) + gLogDet * (left - (n - 1 - k) * share);
            gRest = share * gY[k] + left * gRest;
        }
    }

    /// x_k = log y_k − log Σ_{j>k} y_j + constant.
    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double rest = y[n - 1];
        for (int k = n - 2; k >= 0; k--) {
            gY[k] = rest;
            rest += y[k];
        }
        double before = 0;
        for (int k = 0; k < n - 1; k++) {
            double slope = gX[k] / gY[k];
            gY[k] = gX[k] / y[k] - before;
            before += slope;
        }
        gY[n - 1] = -before;
    }
}
