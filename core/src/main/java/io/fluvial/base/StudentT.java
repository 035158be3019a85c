package io.fluvial.base;

import io.fluvial.Conditioner;
import io.fluvial.internal.GammaFunction;
import io.fluvial.internal.Logistic;
import io.fluvial.scalar.LogScale;
import java.util.random.RandomGenerator;

/// Independent Student t variables with means, scales and degrees of freedom: a base with heavy tails (Jaini et al.
/// 2020, arXiv:1907.04481: an affine or otherwise Lipschitz flow cannot make them out of a normal),
///
///     log p(x; φ) = Σ_j log Γ((ν+1)/2) − log Γ(ν/2) − ½ log(πν) − s − (ν+1)/2 · log(1 + z²/ν),
///     z = (x_j − μ) · exp(−s),   ν = minimum + softplus(φ + b),   b such that ν = 10 at φ = 0 .
///
/// φ is `[dim × 3 × lanes]`: mean, raw log-scale and raw degrees of freedom of a feature together. Log-densities
/// within 1e-12 (relative for large ones) of mpmath, for every ν up to the normal limit.
///
/// @param logScale how a raw output becomes the log-scale s
/// @param minimum bound below ν, at least ½ (so that draws fit into floats), below 10
public record StudentT(int dim, LogScale logScale, double minimum) implements DensityFamily {

    private static final double START = 10;

    public StudentT {
        Dims.check(dim);
        if (!(minimum >= 0.5 && minimum < START)) {
            throw new IllegalArgumentException("degrees of freedom need a minimum in [0.5, 10), got " + minimum);
        }
    }

    /// Trainable parameters, ν > 1.
    public static Parametric of(int dim) {
        return Parametric.of(new StudentT(dim, DiagonalNormal.DEFAULT_SCALE, 1));
    }

    /// Parameters from the context, ν > 1.
    public static Parametric conditional(int dim, int contextDim, Conditioner.Factory network) {
        return Parametric.conditional(new StudentT(dim, DiagonalNormal.DEFAULT_SCALE, 1), contextDim, network);
    }

    @Override
    public int parameterCount() {
        return 3 * dim;
    }

    private double offset() {
        return Logistic.inverseSoftplus(START - minimum); // positive: minimum < START
    }

    @Override
    public void logProb(float[] d, int x, int phi, int stride, double[] logProb, int n) {
        double offset = offset();
        for (int j = 0; j < dim; j++) {
            int at = x + j * stride;
            int mean = phi + 3 * j * stride;
            for (int i = 0; i < n; i++) {
                double s = logScale.logScale(d[mean + stride + i]);
                double nu = minimum + Logistic.softplus(d[mean + 2 * stride + i] + offset);
                double z = ((double) d[at + i] - d[mean + i]) * Math.exp(-s);
                // ν ≥ ½ in logarithm and division; log1p of a square over a positive number
                logProb[i] += GammaFunction.logHalfStep(0.5 * nu)
                        - 0.5 * Math.log(Math.PI * nu)
                        - s
                        - 0.5 * (nu + 1) * Math.log1p(z * z / nu);
            }
        }
    }

    @Override
    public void logProbVjp(float[] d, float[] g, float[] gLogProb, int x, int phi, int stride, int n) {
        double offset = offset();
        for (int j = 0; j < dim; j++) {
            int at = x + j * stride;
            int mean = phi + 3 * j * stride;
            for (int i = 0; i < n; i++) {
                double raw = d[mean + stride + i];
                double rawNu = d[mean + 2 * stride + i] + offset;
                double nu = minimum + Logistic.softplus(rawNu);
                double perScale = Math.exp(-logScale.logScale(raw));
                double z = ((double) d[at + i] - d[mean + i]) * perScale;
                double weight = (nu + 1) / (nu + z * z); // ν ≥ ½; −∂log p/∂z = weight · z
                double gMean = gLogProb[i] * weight * z * perScale;
                // ∂/∂ν of ½(ν+1)·log(1 + z²/ν) is ½·log(1 + z²/ν) − ½·weight·z²/ν
                double slope = 0.5 * GammaFunction.logHalfStepSlope(0.5 * nu)
                        - 0.5 / nu
                        - 0.5 * Math.log1p(z * z / nu)
                        + 0.5 * weight * z * z / nu;
                g[at + i] = (float) -gMean;
                g[mean + i] = (float) gMean;
                g[mean + stride + i] = (float) (gLogProb[i] * (weight * z * z - 1) * logScale.slope(raw));
                g[mean + 2 * stride + i] = (float) (gLogProb[i] * slope * Logistic.sigmoid(rawNu));
            }
        }
    }

    /// A normal over √(χ²/ν), with χ² = 2 · gamma(ν/2).
    @Override
    public void sample(float[] d, int x, int phi, int stride, int n, RandomGenerator random) {
        double offset = offset();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < dim; j++) {
                int mean = phi + 3 * j * stride + i;
                double scale = Math.exp(logScale.logScale(d[mean + stride]));
                double nu = minimum + Logistic.softplus(d[mean + 2 * stride] + offset);
                double half = GammaFunction.variate(0.5 * nu, random); // positive
                double t = random.nextGaussian() * Math.sqrt(0.5 * nu / half);
                d[x + j * stride + i] = (float) (d[mean] + scale * t);
            }
        }
    }
}
