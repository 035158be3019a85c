package io.fluvial.simd;

import io.fluvial.kernel.ActivationKernel;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Vector kernels for blocks that hold one sample in all lanes: products with the flow's weights run along the rows of
/// the result ([OneSampleProduct]) instead of along lanes that are all the same. Everything else is [VectorKernels].
final class OneSampleKernels implements Kernels {

    private final VectorKernels kernels;
    private final float[] theta;
    private OneSampleProduct[] products = new OneSampleProduct[0];
    private int next;

    OneSampleKernels(VectorKernels kernels, float[] theta) {
        this.kernels = kernels;
        this.theta = theta;
    }

    @Override
    public String name() {
        return kernels.name();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very array is meant, not its contents
    public void linear(
            float[] w, int wAt, int biasAt, int rows, int depth, float[] d, int in, int out, int stride, int n) {
        if (w != theta) { // a matrix that a layer has just computed
            kernels.linear(w, wAt, biasAt, rows, depth, d, in, out, stride, n);
            return;
        }
        OneSampleProduct product = find(wAt);
        if (product == null) {
            product = add(OneSampleProduct.dense(w, wAt, biasAt, rows, depth));
        }
        product.apply(d, in, out, stride, n);
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
        if (w != theta || from > 0 || to < shape.rows()) {
            kernels.linear(shape, from, to, w, wAt, biasAt, d, in, out, stride, n);
            return;
        }
        OneSampleProduct product = find(wAt);
        if (product == null) {
            product = add(OneSampleProduct.masked(shape, w, wAt, biasAt));
        }
        product.apply(d, in, out, stride, n);
    }

    /// The product of the weights at `wAt`, or null where it was not met yet. A flow asks for its products in the same
    /// order every time.
    private @Nullable OneSampleProduct find(int wAt) {
        for (int k = 0; k < products.length; k++) {
            int at = next + k < products.length ? next + k : next + k - products.length;
            if (products[at].weights() == wAt) {
                next = at + 1;
                return products[at];
            }
        }
        return null;
    }

    private OneSampleProduct add(OneSampleProduct product) {
        products = Arrays.copyOf(products, products.length + 1);
        products[products.length - 1] = product;
        return product;
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
