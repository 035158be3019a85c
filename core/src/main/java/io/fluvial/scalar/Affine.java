package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// y = x · exp(s(φ₁)) + φ₀, the map of RealNVP and MAF (Dinh et al. 2017, arXiv:1605.08803, eq. 7–8; Papamakarios
/// et al. 2017, arXiv:1705.07057, eq. 3). log f′ = s.
///
/// @param logScale how φ₁ becomes s
public record Affine(LogScale logScale) implements ScalarBijector {

    /// The default: |s| < 3 by tanh.
    public static Affine bounded() {
        return new Affine(new LogScale.Tanh(3));
    }

    @Override
    public int parameterCount() {
        return 2;
    }

    @Override
    public float forward(float x, Lane lane) {
        double s = logScale.logScale(lane.phi(1));
        lane.logDerivative(s);
        return (float) (x * Math.exp(s) + lane.phi(0));
    }

    @Override
    public float inverse(float y, Lane lane) {
        double s = logScale.logScale(lane.phi(1));
        lane.logDerivative(s);
        return (float) (((double) y - lane.phi(0)) * Math.exp(-s));
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double scale = Math.exp(logScale.logScale(lane.phi(1)));
        lane.gradient(0, gY);
        lane.gradient(1, ((double) gY * x * scale + gLogDet) * logScale.slope(lane.phi(1)));
        return (float) (gY * scale);
    }
}
