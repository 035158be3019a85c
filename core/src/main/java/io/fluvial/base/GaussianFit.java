package io.fluvial.base;

import io.fluvial.Samples;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The full-covariance Gaussian fitted to samples by maximum likelihood: the yardstick that a flow has to beat, and
/// the start of a whitening layer. All in double.
///
/// Where the covariance is not positive definite in floating point (a feature that is a linear function of others),
/// the smallest multiple of its diagonal that makes it so is added: see [#ridge()].
public final class GaussianFit {

    private final int dim;
    private final double[] mean;
    private final double[] cholesky;
    private final double ridge;

    private GaussianFit(int dim, double[] mean, double[] cholesky, double ridge) {
        this.dim = dim;
        this.mean = mean;
        this.cholesky = cholesky;
        this.ridge = ridge;
    }

    /// Cost: count · dim² / 2 multiply-adds.
    public static GaussianFit of(Samples samples) {
        double[] ones = new double[samples.count()];
        Arrays.fill(ones, 1);
        return of(samples, ones);
    }

    /// Sample i counts `weights[i]` times; weights are finite, not negative and not all zero. *Read.*
    public static GaussianFit of(Samples samples, double[] weights) {
        int dim = samples.dim();
        if (samples.count() == 0) {
            throw new IllegalArgumentException("cannot fit a Gaussian to no samples");
        }
        if (weights.length != samples.count()) {
            throw new IllegalArgumentException(
                    "there are " + samples.count() + " samples but " + weights.length + " weights");
        }
        double total = Arrays.stream(weights).reduce(0, Double::sum);
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weights must have a positive, finite sum, got " + total);
        }
        double[] mean = new double[dim];
        for (int j = 0; j < dim; j++) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * samples.get(i, j);
            }
            mean[j] = sum / total;
            if (!Double.isFinite(mean[j])) {
                throw new IllegalArgumentException(
                        "feature " + j + " has a value that is not finite; remove such samples first");
            }
        }
        double[] covariance = covariance(samples, weights, total, mean);
        double ridge = 0;
        double[] factor = factor(covariance, dim, ridge);
        for (double next = 1e-9; factor == null; next *= 10) {
            ridge = next;
            factor = factor(covariance, dim, ridge);
        }
        return new GaussianFit(dim, mean, factor, ridge);
    }

    private static double[] covariance(Samples samples, double[] weights, double total, double[] mean) {
        int dim = mean.length;
        int block = 256;
        double[] covariance = new double[dim * dim];
        double[] centred = new double[dim * block];
        for (int from = 0; from < samples.count(); from += block) {
            int n = Math.min(block, samples.count() - from);
            for (int j = 0; j < dim; j++) {
                for (int i = 0; i < n; i++) {
                    centred[j * block + i] = samples.get(from + i, j) - mean[j];
                }
            }
            for (int r = 0; r < dim; r++) {
                for (int k = 0; k <= r; k++) {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += weights[from + i] * centred[r * block + i] * centred[k * block + i];
                    }
                    covariance[r * dim + k] += sum;
                }
            }
        }
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k <= r; k++) {
                covariance[r * dim + k] /= total;
            }
        }
        return covariance;
    }

    /// The lower Cholesky factor, or null where a pivot is not positive beyond rounding.
    private static double @Nullable [] factor(double[] covariance, int dim, double ridge) {
        double[] c = new double[dim * dim];
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k <= r; k++) {
                double sum = covariance[r * dim + k];
                if (r == k) {
                    double variance = sum > 0 ? sum : 1; // a constant feature gets unit variance
                    sum = variance * (1 + ridge);
                    for (int m = 0; m < k; m++) {
                        sum -= c[r * dim + m] * c[r * dim + m];
                    }
                    if (!(sum > 1e-10 * variance)) {
                        return null;
                    }
                    c[r * dim + r] = Math.sqrt(sum); // positive by the test above
                } else {
                    for (int m = 0; m < k; m++) {
                        sum -= c[r * dim + m] * c[k * dim + m];
                    }
                    c[r * dim + k] = sum / c[k * dim + k];
                }
            }
        }
        return c;
    }

    public int dim() {
        return dim;
    }

    public double mean(int j) {
        return mean[j];
    }

    /// What was added to the diagonal of the covariance, as a share of it; 0 where nothing was needed.
    public double ridge() {
        return ridge;
    }

    /// The lower Cholesky factor C of the covariance, row by row.
    public double[] factor() {
        return cholesky.clone();
    }

    /// C⁻¹, row by row, of the lower Cholesky factor C of the covariance.
    public double[] inverseFactor() {
        double[] inverse = new double[dim * dim];
        for (int k = 0; k < dim; k++) {
            inverse[k * dim + k] = 1 / cholesky[k * dim + k]; // a Cholesky diagonal is positive
            for (int r = k + 1; r < dim; r++) {
                double sum = 0;
                for (int m = k; m < r; m++) {
                    sum -= cholesky[r * dim + m] * inverse[m * dim + k];
                }
                inverse[r * dim + k] = sum / cholesky[r * dim + r];
            }
        }
        return inverse;
    }

    /// log N(x; mean, covariance) of every sample, nats.
    public double[] logProb(Samples samples) {
        if (samples.dim() != dim) {
            throw new IllegalArgumentException("samples have " + samples.dim() + " features, the Gaussian has " + dim);
        }
        double constant = -dim * 0.5 * Math.log(2 * Math.PI);
        for (int r = 0; r < dim; r++) {
            constant -= Math.log(cholesky[r * dim + r]);
        }
        double[] logProb = new double[samples.count()];
        double[] z = new double[dim];
        for (int i = 0; i < logProb.length; i++) {
            double squares = 0;
            for (int r = 0; r < dim; r++) {
                double sum = samples.get(i, r) - mean[r];
                for (int k = 0; k < r; k++) {
                    sum -= cholesky[r * dim + k] * z[k];
                }
                z[r] = sum / cholesky[r * dim + r];
                squares += z[r] * z[r];
            }
            logProb[i] = constant - 0.5 * squares;
        }
        return logProb;
    }
}
