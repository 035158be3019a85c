package io.fluvial.simd;

import io.fluvial.kernel.ActivationKernel;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
import org.jspecify.annotations.Nullable;

/// Vector kernels under parameters that stay, whose products may therefore keep the weights in another layout.
/// Everything else, and products with a matrix that a layer has just computed, is [VectorKernels].
abstract class FixedKernels implements Kernels {

    private final VectorKernels kernels;
    private final float[] theta;

    FixedKernels(VectorKernels kernels, float[] theta) {
        this.kernels = kernels;
        this.theta = theta;
    }

    /// A product W·x + b with weights of θ.
    interface FixedProduct {
        void apply(float[] d, int in, int out, int stride, int n);
    }

    /// The product of the weights at `wAt`; null leaves it to [VectorKernels].
    abstract @Nullable FixedProduct dense(float[] theta, int wAt, int biasAt, int rows, int depth);

    /// The product of the masked weights at `wAt`.
    abstract @Nullable FixedProduct masked(Staircase shape, float[] theta, int wAt, int biasAt);

    @Override
    public String name() {
        return kernels.name();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very array is meant, not its contents
    public void linear(
            float[] w, int wAt, int biasAt, int rows, int depth, float[] d, int in, int out, int stride, int n) {
        FixedProduct product = w == theta ? dense(w, wAt, biasAt, rows, depth) : null;
        if (product == null) {
            kernels.linear(w, wAt, biasAt, rows, depth, d, in, out, stride, n);
        } else {
            product.apply(d, in, out, stride, n);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public void linear(
            Staircase shape,
            int from,
            int to,
            float[] w,
            int wAt,
            int biasAt,
            float[] d,
            int in,
            int out,
            int stride,
            int n) {
        boolean whole = from == 0 && to == shape.rows();
        FixedProduct product = w == theta && whole ? masked(shape, w, wAt, biasAt) : null;
        if (product == null) {
            kernels.linear(shape, from, to, w, wAt, biasAt, d, in, out, stride, n);
        } else {
            product.apply(d, in, out, stride, n);
        }
    }

    @Override
    public void linearTranspose(
            float[] w, int wAt, int rows, int depth, float[] g, int gOut, int gIn, boolean add, int stride, int n) {
        kernels.linearTranspose(w, wAt, rows, depth, g, gOut, gIn, add, stride, n);
    }

    @Override
    public void linearGradient(
            float[] d, int in, float[] g, int gOut, int rows, int depth, float[] gw, int wAt, int stride, int n) {
        kernels.linearGradient(d, in, g, gOut, rows, depth, gw, wAt, stride, n);
    }

    @Override
    public void linearTranspose(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride, int n) {
        kernels.linearTranspose(shape, from, to, w, wAt, g, gOut, gIn, stride, n);
    }

    @Override
    public void linearGradient(
            Staircase shape, float[] d, int in, float[] g, int gOut, float[] gw, int wAt, int stride, int n) {
        kernels.linearGradient(shape, d, in, g, gOut, gw, wAt, stride, n);
    }

    @Override
    public void rowSums(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n) {
        kernels.rowSums(m, mAt, rows, sums, at, stride, n);
    }

    @Override
    public @Nullable ActivationKernel activation(Enum<?> activation) {
        return kernels.activation(activation);
    }

    @Override
    public @Nullable ColumnKernel column(Object scalarBijector) {
        return kernels.column(scalarBijector);
    }
}
