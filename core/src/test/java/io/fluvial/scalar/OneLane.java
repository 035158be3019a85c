package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// A scalar map at one point with its own parameters: what a test asks it.
final class OneLane {

    private final ScalarBijector map;
    private final float[] gradients;
    private final Lane lane;

    OneLane(ScalarBijector map, float... phi) {
        this.map = map;
        this.gradients = new float[phi.length];
        this.lane = new Lane(phi, gradients, 1);
    }

    float forward(float x) {
        lane.logDerivative(Double.NaN); // so that a map that does not set it is found out
        return map.forward(x, lane);
    }

    float inverse(float y) {
        lane.logDerivative(Double.NaN);
        return map.inverse(y, lane);
    }

    double logDerivative() {
        return lane.logDerivative();
    }

    float forwardVjp(float x, float gY, float gLogDet) {
        return map.forwardVjp(x, gY, gLogDet, lane);
    }

    float gradient(int k) {
        return gradients[k];
    }
}
