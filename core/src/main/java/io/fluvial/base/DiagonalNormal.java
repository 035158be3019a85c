package io.fluvial.base;

import io.fluvial.Conditioner;
import io.fluvial.internal.Gaussian;
import io.fluvial.scalar.LogScale;
import java.util.random.RandomGenerator;

/// Independent normals with means and scales,
///
///     log p(x; φ) = −Σ_j (z_j² / 2 + s_j + log √(2π)),   z_j = (x_j − μ_j) · exp(−s_j),   s_j = s(φ) .
///
/// φ is `[dim × 2 × lanes]`: mean and raw log-scale of a feature together. Standard normal at φ = 0. x = ±∞ has
/// density zero. Sums in double; each term to double's rounding of the float inputs.
///
/// @param logScale how a raw output becomes the log-scale; by default |s| < 7 by tanh, so that a trained scale
/// stays between 1/1097 and 1097
public record DiagonalNormal(int dim, LogScale logScale) implements DensityFamily {

    static final LogScale DEFAULT_SCALE = new LogScale.Tanh(7);

    public DiagonalNormal {
        Dims.check(dim);
    }

    /// Trainable means and scales.
    public static Parametric of(int dim) {
        return Parametric.of(new DiagonalNormal(dim, DEFAULT_SCALE));
    }

    /// Means and scales from the context.
    public static Parametric conditional(int dim, int contextDim, Conditioner.Factory network) {
        return Parametric.conditional(new DiagonalNormal(dim, DEFAULT_SCALE), contextDim, network);
    }

    @Override
    public int parameterCount() {
        return 2 * dim;
    }

    @Override
    public void logProb(float[] d, int x, int phi, int stride, double[] logProb, int n) {
        for (int j = 0; j < dim; j++) {
            int at = x + j * stride;
            int mean = phi + 2 * j * stride;
            for (int i = 0; i < n; i++) {
                double s = logScale.logScale(d[mean + stride + i]);
                double z = ((double) d[at + i] - d[mean + i]) * Math.exp(-s);
                logProb[i] -= 0.5 * z * z + s + Gaussian.HALF_LOG_TWO_PI;
            }
        }
    }

    @Override
    public void logProbVjp(float[] d, float[] g, float[] gLogProb, int x, int phi, int stride, int n) {
        for (int j = 0; j < dim; j++) {
            int at = x + j * stride;
            int mean = phi + 2 * j * stride;
            for (int i = 0; i < n; i++) {
                double raw = d[mean + stride + i];
                double perScale = Math.exp(-logScale.logScale(raw));
                double z = ((double) d[at + i] - d[mean + i]) * perScale;
                double gMean = gLogProb[i] * z * perScale;
                g[at + i] = (float) -gMean;
                g[mean + i] = (float) gMean;
                g[mean + stride + i] = (float) (gLogProb[i] * (z * z - 1) * logScale.slope(raw));
            }
        }
    }

    @Override
    public void sample(float[] d, int x, int phi, int stride, int n, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < dim; j++) {
                int mean = phi + 2 * j * stride + i;
                double scale = Math.exp(logScale.logScale(d[mean + stride]));
                d[x + j * stride + i] = (float) (d[mean] + scale * random.nextGaussian());
            }
        }
    }
}
