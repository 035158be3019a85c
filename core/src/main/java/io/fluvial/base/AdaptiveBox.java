package io.fluvial.base;

import io.fluvial.internal.Interval;
import io.fluvial.scalar.LogScale;
import java.util.random.RandomGenerator;

/// The uniform density on a box with parameters: feature j lies in [low_j, low_j + exp(s_j)], and log p = −Σ_j s_j
/// inside, −∞ outside. The unit cube at φ = 0.
///
/// φ is `[dim × 2 × lanes]`: low end and raw log-width of a feature together. The gradient is that of the density
/// inside, −1 to s and 0 to x and low: it does not see the ends move, so maximum likelihood shrinks a box until it
/// loses a sample. Use it where φ is known from elsewhere, or draw from it.
///
/// @param logWidth how a raw output becomes the log-width s
public record AdaptiveBox(int dim, LogScale logWidth) implements DensityFamily {

    public AdaptiveBox {
        Dims.check(dim);
    }

    @Override
    public int parameterCount() {
        return 2 * dim;
    }

    @Override
    public void logProb(float[] d, int x, int phi, int stride, double[] logProb, int n) {
        for (int j = 0; j < dim; j++) {
            int at = x + j * stride;
            int low = phi + 2 * j * stride;
            for (int i = 0; i < n; i++) {
                double a = d[low + i];
                double s = logWidth.logScale(d[low + stride + i]);
                logProb[i] += UniformBox.inside(d[at + i], a, a + Math.exp(s)) - s;
            }
        }
    }

    @Override
    public void logProbVjp(float[] d, float[] g, float[] gLogProb, int x, int phi, int stride, int n) {
        for (int j = 0; j < dim; j++) {
            int at = x + j * stride;
            int low = phi + 2 * j * stride;
            for (int i = 0; i < n; i++) {
                g[at + i] = 0;
                g[low + i] = 0;
                g[low + stride + i] = (float) (-gLogProb[i] * logWidth.slope(d[low + stride + i]));
            }
        }
    }

    @Override
    public void sample(float[] d, int x, int phi, int stride, int n, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < dim; j++) {
                int low = phi + 2 * j * stride + i;
                double a = d[low];
                double b = a + Math.exp(logWidth.logScale(d[low + stride]));
                // a is a float, so at least one float lies in [a, b]
                d[x + j * stride + i] = Interval.clamp(a + (b - a) * random.nextDouble(), d[low], Interval.atMost(b));
            }
        }
    }
}
