package io.fluvial;

import io.fluvial.kernel.ColumnKernel;
import org.jspecify.annotations.Nullable;

/// A scalar bijector lane by lane: what every map without a vector kernel runs on, and what vector kernels are
/// tested against.
final class ScalarColumn implements ColumnKernel {

    private final ScalarBijector map;
    private @Nullable Lane walk;
    private @Nullable Lane pull;

    ScalarColumn(ScalarBijector map) {
        this.map = map;
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        Lane lane = Lane.reuse(walk, d, d, stride);
        walk = lane;
        for (int i = 0; i < n; i++) {
            d[y + i] = map.forward(d[x + i], lane.at(phi + i));
            logDet[i] += lane.logDerivative();
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        Lane lane = Lane.reuse(walk, d, d, stride);
        walk = lane;
        for (int i = 0; i < n; i++) {
            d[x + i] = map.inverse(d[y + i], lane.at(phi + i));
            logDet[i] += lane.logDerivative();
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        Lane lane = Lane.reuse(pull, d, g, stride);
        pull = lane;
        for (int i = 0; i < n; i++) {
            g[x + i] = map.forwardVjp(d[x + i], g[y + i], gLogDet[i], lane.at(phi + i));
        }
    }
}
