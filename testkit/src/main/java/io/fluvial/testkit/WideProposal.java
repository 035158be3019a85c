package io.fluvial.testkit;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.LogGamma;

/// A multivariate Student t with 2 degrees of freedom that is wider than given points and has their orientation: what
/// importance sampling draws from, so that weights stay bounded for every density with lighter tails than x⁻².
///
///     u = centre + C g √(2/χ²₂),   C Cᵀ = 1.5 × covariance of the points, each coordinate cut at its 1 % and 99 %
///
/// The cut keeps it finite for points without a variance.
final class WideProposal {

    private static final double WIDER = 1.5;

    private final int dim;
    private final double[] centre;
    /// C `[dim × dim]`, lower.
    private final double[] factor;
    private final double logNorm;

    private WideProposal(double[] centre, double[] factor) {
        this.dim = centre.length;
        this.centre = centre;
        this.factor = factor;
        double norm = LogGamma.value(1 + 0.5 * dim) - 0.5 * dim * Math.log(2 * Math.PI);
        for (int i = 0; i < dim; i++) {
            norm -= Math.log(factor[i * dim + i]);
        }
        this.logNorm = norm;
    }

    /// @param points `[points][dim]`
    static WideProposal around(double[][] points) {
        int dim = points[0].length;
        int n = points.length;
        double[][] columns = new double[dim][n];
        double[] centre = new double[dim];
        for (int j = 0; j < dim; j++) {
            for (int i = 0; i < n; i++) {
                columns[j][i] = points[i][j];
            }
            double[] sorted = columns[j].clone();
            Arrays.sort(sorted);
            double low = sorted[n / 100];
            double high = sorted[n - 1 - n / 100];
            for (int i = 0; i < n; i++) {
                columns[j][i] = Math.clamp(columns[j][i], low, high);
                centre[j] += columns[j][i] / n;
            }
        }
        double[] covariance = new double[dim * dim];
        for (int j = 0; j < dim; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += (columns[j][i] - centre[j]) * (columns[k][i] - centre[k]);
                }
                covariance[j * dim + k] = WIDER * sum / n;
            }
        }
        return new WideProposal(centre, cholesky(covariance, dim));
    }

    private static double[] cholesky(double[] a, int dim) {
        double[] c = new double[dim * dim];
        for (int j = 0; j < dim; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = a[j * dim + k];
                for (int i = 0; i < k; i++) {
                    sum -= c[j * dim + i] * c[k * dim + i];
                }
                // a millionth keeps a coordinate that depends on the ones before
                c[j * dim + k] =
                        j == k ? Math.sqrt(Math.max(sum, 1e-6 * a[j * dim + j] + 1e-300)) : sum / c[k * dim + k];
            }
        }
        return c;
    }

    int dim() {
        return dim;
    }

    /// centre + C w. u *Overwritten*.
    void place(double[] w, double[] u) {
        for (int j = 0; j < dim; j++) {
            u[j] = centre[j] + along(j, w);
        }
    }

    /// C's column k, the move of u for one unit of w_k.
    double move(int j, int k) {
        return factor[j * dim + k];
    }

    private double along(int j, double[] w) {
        double sum = 0;
        for (int k = 0; k <= j; k++) {
            sum += factor[j * dim + k] * w[k];
        }
        return sum;
    }

    /// Draws u (*Overwritten*) and returns its log density.
    double sample(RandomGenerator random, double[] u) {
        double stretch = 1 / Math.sqrt(-Math.log(1 - random.nextDouble())); // χ²₂ / 2 is exponential
        double[] w = new double[dim];
        double square = 0;
        for (int k = 0; k < dim; k++) {
            w[k] = stretch * random.nextGaussian();
            square += w[k] * w[k];
        }
        place(w, u);
        return logNorm - (1 + 0.5 * dim) * Math.log1p(square / 2);
    }
}
