package io.fluvial.base;

import io.fluvial.Conditioner;
import io.fluvial.internal.Gaussian;
import io.fluvial.scalar.LogScale;
import java.util.random.RandomGenerator;

/// A mixture of diagonal normals: a base that has modes already, so that a flow need not tear one normal apart,
///
///     log p(x; φ) = log Σ_k π_k Π_j N(x_j; μ_kj, exp(s_kj)),   π = softmax(φ₀ … φ_{K−1}) .
///
/// φ is `[(K + K × dim × 2) × lanes]`: the K logits, then for every component and feature mean and raw log-scale
/// together. Log-sum-exp in double, streamed, so nothing underflows far from all components. Training starts
/// from equal weights, unit scales and a Latin hypercube of means in [−1.5, 1.5]: distinct in every feature, so
/// that components do not stay equal.
///
/// Cost per sample: K · dim exponentials, twice that in a pullback.
///
/// @param components K, at least 1
/// @param logScale how a raw output becomes a log-scale s
public record NormalMixture(int dim, int components, LogScale logScale) implements DensityFamily {

    /// Means start in ± this.
    private static final double SPREAD = 1.5;

    public NormalMixture {
        Dims.check(dim);
        if (components < 1) {
            throw new IllegalArgumentException("a mixture needs at least 1 component, got " + components);
        }
    }

    /// Trainable weights, means and scales.
    public static Parametric of(int dim, int components) {
        return Parametric.of(new NormalMixture(dim, components, DiagonalNormal.DEFAULT_SCALE));
    }

    /// Weights, means and scales from the context: a mixture density network (Bishop 1994).
    public static Parametric conditional(int dim, int components, int contextDim, Conditioner.Factory network) {
        return Parametric.conditional(
                new NormalMixture(dim, components, DiagonalNormal.DEFAULT_SCALE), contextDim, network);
    }

    @Override
    public int parameterCount() {
        return components + 2 * components * dim;
    }

    /// The row of the mean of component k, feature j; its log-scale is the next.
    private int mean(int k, int j) {
        return components + 2 * (k * dim + j);
    }

    @Override
    public void logProb(float[] d, int x, int phi, int stride, double[] logProb, int n) {
        for (int i = 0; i < n; i++) {
            logProb[i] += logJoint(d, x + i, phi + i, stride) - logWeights(d, phi + i, stride);
        }
    }

    /// log Σ_k exp(logit_k) N_k(x) of one lane.
    private double logJoint(float[] d, int x, int phi, int stride) {
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int k = 0; k < components; k++) {
            double term = d[phi + k * stride] + logNormal(d, x, phi, stride, k);
            if (term > most) {
                sum = sum * Math.exp(most - term) + 1; // at first 0 · exp(−∞) = 0
                most = term;
            } else if (term != Double.NEGATIVE_INFINITY) {
                sum += Math.exp(term - most); // at most 1, or NaN
            }
        }
        return most + Math.log(sum); // sum ≥ 1; or 0 where every term is −∞; or NaN
    }

    /// log Σ_k exp(logit_k) of one lane.
    private double logWeights(float[] d, int phi, int stride) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < components; k++) {
            most = Math.max(most, d[phi + k * stride]);
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            sum += Math.exp(d[phi + k * stride] - most);
        }
        return most + Math.log(sum); // sum ≥ 1
    }

    private double logNormal(float[] d, int x, int phi, int stride, int k) {
        double log = -dim * Gaussian.HALF_LOG_TWO_PI;
        for (int j = 0; j < dim; j++) {
            int mean = phi + mean(k, j) * stride;
            double s = logScale.logScale(d[mean + stride]);
            double z = ((double) d[x + j * stride] - d[mean]) * Math.exp(-s);
            log -= 0.5 * z * z + s;
        }
        return log;
    }

    @Override
    public void logProbVjp(float[] d, float[] g, float[] gLogProb, int x, int phi, int stride, int n) {
        for (int i = 0; i < n; i++) {
            pullBack(d, g, gLogProb[i], x + i, phi + i, stride);
        }
    }

    /// With r_k the probability of component k given x: g logit_k = gℓ (r_k − π_k); mean and scale as in one
    /// normal, times r_k.
    private void pullBack(float[] d, float[] g, double gLog, int x, int phi, int stride) {
        double logJoint = logJoint(d, x, phi, stride);
        double logWeights = logWeights(d, phi, stride);
        for (int j = 0; j < dim; j++) {
            g[x + j * stride] = 0;
        }
        for (int k = 0; k < components; k++) {
            double logit = d[phi + k * stride];
            double r = Math.exp(logit + logNormal(d, x, phi, stride, k) - logJoint);
            g[phi + k * stride] = (float) (gLog * (r - Math.exp(logit - logWeights)));
            for (int j = 0; j < dim; j++) {
                int mean = phi + mean(k, j) * stride;
                double raw = d[mean + stride];
                double perScale = Math.exp(-logScale.logScale(raw));
                double z = ((double) d[x + j * stride] - d[mean]) * perScale;
                double gMean = gLog * r * z * perScale;
                g[x + j * stride] -= (float) gMean;
                g[mean] = (float) gMean;
                g[mean + stride] = (float) (gLog * r * (z * z - 1) * logScale.slope(raw));
            }
        }
    }

    @Override
    public void sample(float[] d, int x, int phi, int stride, int n, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            int k = component(d, phi + i, stride, random);
            for (int j = 0; j < dim; j++) {
                int mean = phi + mean(k, j) * stride + i;
                double scale = Math.exp(logScale.logScale(d[mean + stride]));
                d[x + j * stride + i] = (float) (d[mean] + scale * random.nextGaussian());
            }
        }
    }

    /// A component by its weight: the first whose cumulative weight exceeds a uniform number.
    private int component(float[] d, int phi, int stride, RandomGenerator random) {
        double logWeights = logWeights(d, phi, stride);
        double left = random.nextDouble();
        for (int k = 0; k < components - 1; k++) {
            left -= Math.exp(d[phi + k * stride] - logWeights);
            if (left < 0) {
                return k;
            }
        }
        return components - 1;
    }

    @Override
    public void initialize(float[] phi, int at, RandomGenerator random) {
        int[] order = new int[components];
        for (int j = 0; j < dim; j++) {
            for (int k = 0; k < components; k++) { // a random permutation, inside out
                int other = random.nextInt(k + 1);
                order[k] = order[other];
                order[other] = k;
            }
            for (int k = 0; k < components; k++) {
                phi[at + mean(k, j)] = (float) (SPREAD * ((2 * order[k] + 1.0) / components - 1));
            }
        }
    }
}
