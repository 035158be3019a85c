package io.fluvial;

/// An increasing map of one number, y = f(x; φ), with parameters φ that a [Conditioner] supplies (the papers'
/// *transformer*). Written once, it serves in couplings, elementwise and conditional layers.
///
/// Three methods make a map; see `SinhArcsinh` for a complete one. Decreasing maps are not scalar bijectors:
/// compose with a sign change. All maps that start as the identity do so at φ = 0.
///
/// Outside its support (Log at x ≤ 0) a map sets the log-derivative to −∞ and returns any finite number, so that
/// the density there is exactly zero; a NaN stays NaN.
public interface ScalarBijector {

    /// Number of parameters φ per feature.
    int parameterCount();

    /// y = f(x; φ); calls [Lane#logDerivative(double)] with log f′(x).
    float forward(float x, Lane lane);

    /// x with f(x; φ) = y; calls [Lane#logDerivative(double)] with log f′(x) – of f, not of the inverse.
    float inverse(float y, Lane lane);

    /// gX = gY · f′(x) + gℓ · ∂log f′/∂x; calls [Lane#gradient] with gY · ∂y/∂φₖ + gℓ · ∂log f′/∂φₖ for every k.
    float forwardVjp(float x, float gY, float gLogDet, Lane lane);
}
