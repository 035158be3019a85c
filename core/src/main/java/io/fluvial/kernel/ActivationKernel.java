package io.fluvial.kernel;

/// An activation over `[rows × lanes]`.
public interface ActivationKernel {

    /// `d[a] = act(d[z])`; z and a may be the same place where the slope follows from the output.
    void apply(float[] d, int z, int a, int rows, int stride, int n);

    /// `g[z] = g[a] · act′`, from the saved input at `d[z]` or output at `d[a]`; the places may be the same. Where
    /// z and a are the same place, only the output is known: true of all activations but SiLU and GELU.
    void vjp(float[] d, float[] g, int z, int a, int rows, int stride, int n);
}
