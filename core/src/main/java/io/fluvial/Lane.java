package io.fluvial;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a [ScalarBijector] sees of one sample and one feature: its parameters φ, and where log-derivative and
/// gradients go.
public final class Lane {

    private final int stride;
    private final float[] data;
    private final float[] gradients;
    private int phi;
    private double logDerivative;
    private double[][] scratch = new double[0][];

    /// A view on `data`, φₖ of the lane at `phi + k * stride`; gradients go to the same place in `gradients`.
    public Lane(float[] data, float[] gradients, int stride) {
        this.data = data;
        this.gradients = gradients;
        this.stride = stride;
    }

    /// The lane of the last call where it looks at the very same arrays, else a new one: a map may be a user's and
    /// keep the compiler from seeing that a new one does not escape.
    @SuppressWarnings("ReferenceEquality") // the very arrays are meant, not their contents
    static Lane reuse(@Nullable Lane last, float[] data, float[] gradients, int stride) {
        return last != null && last.data == data && last.gradients == gradients && last.stride == stride
                ? last
                : new Lane(data, gradients, stride);
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

    /// Array number k, at least `size` long, for whoever is at work: nothing in it survives a call. Made on first
    /// use, so that a map which needs the same numbers of every lane (bin sizes, knots) allocates nothing later.
    public double[] scratch(int k, int size) {
        if (k >= scratch.length || scratch[k].length < size) {
            grow(k, size);
        }
        return scratch[k];
    }

    private void grow(int k, int size) {
        int known = scratch.length;
        if (k >= known) {
            scratch = Arrays.copyOf(scratch, k + 1);
            Arrays.fill(scratch, known, k, new double[0]);
        }
        scratch[k] = new double[size];
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
