package io.fluvial.testkit;

import java.util.Arrays;
import java.util.function.DoubleFunction;

/// Derivatives at 0 of several functions of one number at once, with an error estimate for each: central differences
/// at steps h, h/2, h/4 … extrapolated to step 0 (Ridders 1982, Adv. Eng. Software 4(2)). Large steps keep the
/// rounding of single precision small, extrapolation removes what large steps cost.
final class Derivative {

    /// The smallest step; rounding of the function is divided by it.
    static final double SMALLEST_STEP = 0x1p-6;

    private static final double LARGEST_STEP = 0x1p-2;
    private static final int STEPS = 5;

    final double[] value;
    final double[] error;

    private Derivative(double[] value, double[] error) {
        this.value = value;
        this.error = error;
    }

    static Derivative of(DoubleFunction<double[]> f) {
        double[][] previous = new double[STEPS][];
        double[] value = new double[0];
        double[] error = new double[0];
        double h = LARGEST_STEP;
        for (int k = 0; k < STEPS; k++, h /= 2) {
            double[][] row = new double[STEPS][];
            row[0] = central(f, h);
            if (k == 0) {
                value = row[0].clone();
                error = new double[value.length];
                Arrays.fill(error, Double.POSITIVE_INFINITY);
            }
            double factor = 1;
            for (int order = 1; order <= k; order++) {
                factor *= 4;
                row[order] = new double[value.length];
                for (int i = 0; i < value.length; i++) {
                    double better = (row[order - 1][i] * factor - previous[order - 1][i]) / (factor - 1);
                    row[order][i] = better;
                    double spread =
                            Math.max(Math.abs(better - row[order - 1][i]), Math.abs(better - previous[order - 1][i]));
                    // two differences with the coarsest steps may agree by chance: of that pair alone, nothing is taken
                    if (spread < error[i] && k > 1) {
                        error[i] = spread;
                        value[i] = better;
                    }
                }
            }
            previous = row;
        }
        return new Derivative(value, error);
    }

    /// Derivatives found one by one, as one.
    static Derivative join(Derivative... parts) {
        double[] value = new double[parts.length];
        double[] error = new double[parts.length];
        for (int k = 0; k < parts.length; k++) {
            value[k] = parts[k].value[0];
            error[k] = parts[k].error[0];
        }
        return new Derivative(value, error);
    }

    private static double[] central(DoubleFunction<double[]> f, double h) {
        double[] above = f.apply(h);
        double[] below = f.apply(-h);
        double[] slope = new double[above.length];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (above[i] - below[i]) / (2 * h);
        }
        return slope;
    }
}
