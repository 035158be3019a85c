package io.fluvial.testkit;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// A scalar map as a user writes one: y = x + s · tanh x with s = e^φ₀ − 1 > −1, so that f′ = 1 + s / cosh² x > 0.
/// The inverse has no formula; it is found by bisection.
record SoftStep() implements ScalarBijector {

    @Override
    public int parameterCount() {
        return 1;
    }

    @Override
    public float forward(float x, Lane lane) {
        double s = Math.expm1(lane.phi(0));
        double t = Math.tanh(x);
        lane.logDerivative(Math.log1p(s * (1 - t * t))); // 1 + s (1 − t²) > 0 since s > −1 and 0 ≤ 1 − t² ≤ 1
        return (float) (x + s * t);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double s = Math.expm1(lane.phi(0));
        double low = y - Math.abs(s);
        double high = y + Math.abs(s);
        for (int k = 0; k < 60; k++) {
            double middle = 0.5 * (low + high);
            if (middle + s * Math.tanh(middle) < y) {
                low = middle;
            } else {
                high = middle;
            }
        }
        float x = (float) (0.5 * (low + high));
        forward(x, lane);
        return x;
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double s = Math.expm1(lane.phi(0));
        double t = Math.tanh(x);
        double c = 1 - t * t;
        double slope = 1 + s * c;
        lane.gradient(0, (gY * t + gLogDet * c / slope) * (s + 1));
        return (float) (gY * slope - gLogDet * 2 * s * t * c / slope);
    }
}
