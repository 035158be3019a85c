package io.fluvial;

import io.fluvial.kernel.ColumnKernel;
import org.jspecify.annotations.Nullable;

/// A scalar bijector lane by lane: what every map without a vector kernel runs on, and what vector kernels are
/// tested against.
final class ScalarColumn implements ColumnKernel {

    private final ScalarBijector map;
    private @Nullable Lane lane;
    private float @Nullable [] data;
    private float @Nullable [] gradients;

    ScalarColumn(ScalarBijector map) {
        this.map = map;
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        Lane lane = lane(d, d, stride);
        for (int i = 0; i < n; i++) {
            d[y + i] = map.forward(d[x + i], lane.at(phi + i));
            logDet[i] += lane.logDerivative();
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        Lane lane = lane(d, d, stride);
        for (int i = 0; i < n; i++) {
            d[x + i] = map.inverse(d[y + i], lane.at(phi + i));
            logDet[i] += lane.logDerivative();
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        Lane lane = lane(d, g, stride);
        for (int i = 0; i < n; i++) {
            g[x + i] = map.forwardVjp(d[x + i], g[y + i], gLogDet[i], lane.at(phi + i));
        }
    }

    /// The lane of the last call where the arrays are the same: a map may be a user's and keep the compiler from
    /// seeing that a new one does not escape.
    @SuppressWarnings("ReferenceEquality") // the very arrays are meant, not their contents
    private Lane lane(float[] d, float[] g, int stride) {
        Lane known = lane;
        if (known == null || data != d || gradients != g || known.stride() != stride) {
            known = new Lane(d, g, stride);
            lane = known;
            data = d;
            gradients = g;
        }
        return known;
    }
}
