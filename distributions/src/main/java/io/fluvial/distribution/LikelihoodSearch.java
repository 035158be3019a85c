package io.fluvial.distribution;

import io.fluvial.transform.Constraints;
import io.fluvial.transform.Transform;
import java.util.Arrays;

/// The search of [Fit]: BFGS over free numbers u, with what it carries from step to step.
final class LikelihoodSearch<D extends Parameterized<D>> {

    private static final int MOST_STEPS = 1_000;
    private static final int MOST_HALVINGS = 60;

    /// Of the gradient of the mean log-density by u: far below what the events leave undecided, about 1/√n.
    private static final double FLAT = 1e-9;

    /// Of the same where no step leads down any more: the mean log-density has 1e-16 of rounding, its root is the
    /// resolution of the gradient.
    private static final double RESOLUTION = 1e-7;

    private static final double ARMIJO = 1e-4;

    /// A step changes no free number by more: four powers of e for a positive parameter.
    private static final double LONGEST = 4;

    private final D start;
    private final double[][] events;
    private final Transform toTheta;
    private final int n;
    private double[] u;
    private double value;
    private double[] gradient;
    private double[][] inverse; // of the Hessian

    LikelihoodSearch(D start, double[][] events) {
        this.start = start;
        this.events = events;
        this.toTheta = Constraints.bijectTo(start.parameterSpace());
        this.u = toTheta.invert(start.parameters());
        this.n = u.length;
        if (!Double.isFinite(largest(u))) {
            throw new IllegalArgumentException("the start " + start + " lies on the border of its parameters, "
                    + Arrays.toString(start.parameters()) + ": no search leads away from there, start inside");
        }
        this.value = value(u);
        this.gradient = gradient(u);
        this.inverse = identity();
    }

    Fit<D> run() {
        int steps = 0;
        while (steps < MOST_STEPS && largest(gradient) > FLAT && step()) {
            steps++;
        }
        double[] errors = standardErrors();
        // a flat place where the information is not positive definite is no maximum that was found
        boolean converged = Double.isFinite(value)
                && largest(gradient) <= RESOLUTION * (1 + Math.abs(value))
                && Double.isFinite(largest(errors));
        return new Fit<>(at(u), -value * events.length, steps, converged, errors);
    }

    private D at(double[] point) {
        return start.withParameters(toTheta.apply(point));
    }

    /// The mean of −log p; +∞ where it does not exist.
    private double value(double[] point) {
        double[] theta = toTheta.apply(point);
        if (!start.parameterSpace().contains(theta)) {
            return Double.POSITIVE_INFINITY; // so far out that a number rounds to an end of its set
        }
        D d = start.withParameters(theta);
        double sum = 0;
        for (double[] event : events) {
            sum -= d.logProb(event);
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum / events.length;
    }

    private double[] gradient(double[] point) {
        double[] theta = toTheta.apply(point);
        D d = start.withParameters(theta);
        double[] mean = new double[theta.length];
        double[] g = new double[theta.length];
        for (double[] event : events) {
            d.parameterGradient(event, g);
            for (int k = 0; k < g.length; k++) {
                mean[k] -= g[k] / events.length;
            }
        }
        double[] gradientThere = new double[n];
        toTheta.pullback(point, theta, mean, 0, gradientThere);
        return gradientThere;
    }

    /// False where no step leads down.
    private boolean step() {
        double[] direction = new double[n];
        for (int i = 0; i < n; i++) {
            direction[i] = -dot(inverse[i], gradient);
        }
        double slope = dot(direction, gradient);
        if (slope < 0 && step(direction, slope)) {
            return true;
        }
        inverse = identity(); // rounding spoiled the curvature: steepest descent
        for (int i = 0; i < n; i++) {
            direction[i] = -gradient[i];
        }
        return step(direction, -dot(gradient, gradient));
    }

    private boolean step(double[] direction, double slope) {
        double length = Math.min(1, LONGEST / largest(direction));
        for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                next[i] = u[i] + length * direction[i];
            }
            double reached = value(next);
            if (reached < value && reached <= value + ARMIJO * length * slope) {
                double[] gradientThere = gradient(next);
                if (Double.isFinite(largest(gradientThere))) {
                    updateInverse(next, gradientThere);
                    u = next;
                    value = reached;
                    gradient = gradientThere;
                    return true;
                }
            }
        }
        return false;
    }

    /// Nocedal & Wright 2006, eq. (6.17), where the curvature along the step is positive.
    private void updateInverse(double[] next, double[] gradientThere) {
        double[] s = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = next[i] - u[i];
            y[i] = gradientThere[i] - gradient[i];
        }
        double curvature = dot(s, y);
        if (!(curvature > Double.MIN_NORMAL)) {
            return;
        }
        double[] hy = new double[n];
        for (int i = 0; i < n; i++) {
            hy[i] = dot(inverse[i], y);
        }
        double factor = (1 + dot(y, hy) / curvature) / curvature;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
            }
        }
    }

    /// √ of the diagonal of J H⁻¹ Jᵀ: with H = LLᵀ the length of L⁻¹ Jᵀ, column by column.
    private double[] standardErrors() {
        double[] theta = toTheta.apply(u);
        double[] errors = new double[theta.length];
        double[] unit = new double[theta.length];
        double[] hessian = hessian();
        LowerTriangle factor;
        try {
            factor = LowerTriangle.cholesky("Fit", "information", hessian, n);
        } catch (IllegalArgumentException notPositiveDefinite) {
            Arrays.fill(errors, Double.NaN);
            return errors;
        }
        double[] row = new double[n];
        for (int t = 0; t < theta.length; t++) {
            unit[t] = 1;
            toTheta.pullback(u, theta, unit, 0, row);
            unit[t] = 0;
            factor.solve(row);
            errors[t] = Math.sqrt(dot(row, row));
        }
        return errors;
    }

    /// Of −Σ log p at u, by central differences of the gradient.
    private double[] hessian() {
        double[] hessian = new double[n * n];
        for (int k = 0; k < n; k++) {
            double step = 1e-5 * (1 + Math.abs(u[k])); // cutting off and rounding are then both about 1e-10
            double[] up = u.clone();
            double[] down = u.clone();
            up[k] += step;
            down[k] -= step;
            double[] above = gradient(up);
            double[] below = gradient(down);
            for (int j = 0; j < n; j++) {
                double second = events.length * (above[j] - below[j]) / (up[k] - down[k]);
                hessian[j * n + k] += 0.5 * second;
                hessian[k * n + j] += 0.5 * second;
            }
        }
        return hessian;
    }

    private double[][] identity() {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] a) {
        double largest = 0;
        for (double value : a) {
            largest = Math.max(largest, Math.abs(value)); // NaN stays NaN
        }
        return largest;
    }
}
