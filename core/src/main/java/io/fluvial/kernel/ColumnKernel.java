package io.fluvial.kernel;

/// A scalar bijector over one feature of many samples: x and y are rows of n floats, φₖ the row at `phi + k *
/// stride`.
public interface ColumnKernel {

    /// y from x; `logDet[i] += log f′(xᵢ)`.
    void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n);

    /// x from y; `logDet[i] += log f′(xᵢ)`.
    void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n);

    /// From `g[y]` and `gLogDet`: overwrites `g[x]` and `g[phi + k * stride]`. x, y and φ in d are as `forward`
    /// left them.
    void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n);
}
