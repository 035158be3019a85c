package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// y = x + φ₀, the map of NICE (Dinh et al. 2015, arXiv:1410.8516, section 3.2, additive coupling). log f′ = 0:
/// volumes stay. Exact up to one rounding of the sum.
public record Shift() implements ScalarBijector {

    @Override
    public int parameterCount() {
        return 1;
    }

    @Override
    public float forward(float x, Lane lane) {
        lane.logDerivative(0);
        return x + lane.phi(0);
    }

    @Override
    public float inverse(float y, Lane lane) {
        lane.logDerivative(0);
        return y - lane.phi(0);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        lane.gradient(0, gY);
        return gY;
    }
}
