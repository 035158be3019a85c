package io.fluvial.simd;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// The scalar map itself, for single lanes of a vector kernel: those where float is too narrow, and
/// directions that have no vector form. Keeps one view per pair of arrays, since a block hands in
/// the same ones each time.
final class LaneByLane {

    private final ScalarBijector map;
    private Lane walk = new Lane(new float[0], new float[0], 1);
    private Lane pull = walk;
    private float[] walked = new float[0];
    private float[] pulled = walked;
    private float[] gradients = walked;
    private int walkStride;
    private int pullStride;

    LaneByLane(ScalarBijector map) {
        this.map = map;
    }

    @SuppressWarnings("ReferenceEquality") // the very arrays are meant, not their contents
    private Lane walk(float[] d, int stride) {
        if (walked != d || walkStride != stride) {
            walk = new Lane(d, d, stride);
            walked = d;
            walkStride = stride;
        }
        return walk;
    }

    /// Lane i of `forward`, except for the log-derivative, which is returned.
    double forward(float[] d, int x, int y, int phi, int stride, int i) {
        Lane lane = walk(d, stride).at(phi + i);
        d[y + i] = map.forward(d[x + i], lane);
        return lane.logDerivative();
    }

    /// All lanes of `inverse`.
    void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        Lane lane = walk(d, stride);
        for (int i = 0; i < n; i++) {
            d[x + i] = map.inverse(d[y + i], lane.at(phi + i));
            logDet[i] += lane.logDerivative();
        }
    }

    /// Lane i of `forwardVjp`.
    @SuppressWarnings("ReferenceEquality") // the very arrays are meant, not their contents
    void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int i) {
        if (pulled != d || gradients != g || pullStride != stride) {
            pull = new Lane(d, g, stride);
            pulled = d;
            gradients = g;
            pullStride = stride;
        }
        g[x + i] = map.forwardVjp(d[x + i], g[y + i], gLogDet[i], pull.at(phi + i));
    }
}
