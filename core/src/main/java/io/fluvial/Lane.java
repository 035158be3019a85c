package io.fluvial;

/// What a [ScalarBijector] sees of one sample and one feature: its parameters φ, and where log-derivative and
/// gradients go.
public final class Lane {

    private final int stride;
    private final float[] data;
    private final float[] gradients;
    private int phi;
    private double logDerivative;

    /// A view on `data`, φₖ of the lane at `phi + k * stride`; gradients go to the same place in `gradients`.
    public Lane(float[] data, float[] gradients, int stride) {
        this.data = data;
        this.gradients = gradients;
        this.stride = stride;
    }

    int stride() {
        return stride;
    }

    /// Moves to the lane whose φ₀ stands at `phi`.
    public Lane at(int phi) {
        this.phi = phi;
        return this;
    }

    /// φₖ.
    public float phi(int k) {
        return data[phi + k * stride];
    }

    /// Sets log f′(x).
    public void logDerivative(double value) {
        this.logDerivative = value;
    }

    /// The log f′(x) last set.
    public double logDerivative() {
        return logDerivative;
    }

    /// Sets ∂loss/∂φₖ.
    public void gradient(int k, double value) {
        gradients[phi + k * stride] = (float) value;
    }
}
