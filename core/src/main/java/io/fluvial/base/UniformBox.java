package io.fluvial.base;

import io.fluvial.Conditioner;
import io.fluvial.internal.Interval;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// The uniform density on a fixed box, ends included: log p = −Σ_j log(high_j − low_j) inside, −∞ outside. No
/// parameters. A latent that must fill a box: behind a map onto (0, 1), or where a domain is known.
///
/// Draws stay inside the box after rounding to floats.
///
/// @param low,high one number per feature
public record UniformBox(List<Double> low, List<Double> high) implements DensityFamily {

    public UniformBox {
        low = List.copyOf(low);
        high = List.copyOf(high);
        if (low.size() != high.size()) {
            throw new IllegalArgumentException(
                    "a box needs as many low ends as high ends, got " + low.size() + " and " + high.size());
        }
        Dims.check(low.size());
        for (int j = 0; j < low.size(); j++) {
            double a = low.get(j);
            double b = high.get(j);
            if (!(a < b && Interval.atLeast(a) < Interval.atMost(b))
                    || Math.abs(a) > Float.MAX_VALUE
                    || Math.abs(b) > Float.MAX_VALUE) {
                throw new IllegalArgumentException("feature " + j
                        + " of a box needs finite ends low < high with floats between them, got " + a + " and " + b);
            }
        }
    }

    /// The box from `low` to `high`.
    public static Parametric of(List<Double> low, List<Double> high) {
        return Parametric.of(new UniformBox(low, high));
    }

    /// The unit cube.
    public static Parametric unit(int dim) {
        Dims.check(dim);
        return of(Collections.nCopies(dim, 0.0), Collections.nCopies(dim, 1.0));
    }

    /// A box whose place and size come from the context: see [AdaptiveBox].
    public static Parametric conditional(int dim, int contextDim, Conditioner.Factory network) {
        return Parametric.conditional(new AdaptiveBox(dim, DiagonalNormal.DEFAULT_SCALE), contextDim, network);
    }

    @Override
    public int dim() {
        return low.size();
    }

    @Override
    public int parameterCount() {
        return 0;
    }

    @Override
    public void logProb(float[] d, int x, int phi, int stride, double[] logProb, int n) {
        for (int j = 0; j < low.size(); j++) {
            double a = low.get(j);
            double b = high.get(j);
            double logWidth = Math.log(b - a); // b > a
            int at = x + j * stride;
            for (int i = 0; i < n; i++) {
                logProb[i] += inside(d[at + i], a, b) - logWidth;
            }
        }
    }

    /// 0 inside, −∞ outside, NaN where any of the three is NaN.
    static double inside(float x, double low, double high) {
        if (x >= low && x <= high) {
            return 0;
        }
        return x < low || x > high ? Double.NEGATIVE_INFINITY : Double.NaN;
    }

    @Override
    public void logProbVjp(float[] d, float[] g, float[] gLogProb, int x, int phi, int stride, int n) {
        for (int j = 0; j < low.size(); j++) {
            Arrays.fill(g, x + j * stride, x + j * stride + n, 0f); // flat inside and outside
        }
    }

    @Override
    public void sample(float[] d, int x, int phi, int stride, int n, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < low.size(); j++) {
                double a = low.get(j);
                double b = high.get(j);
                d[x + j * stride + i] =
                        Interval.clamp(a + (b - a) * random.nextDouble(), Interval.atLeast(a), Interval.atMost(b));
            }
        }
    }
}
