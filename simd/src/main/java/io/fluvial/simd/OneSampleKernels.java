package io.fluvial.simd;

import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Vector kernels for blocks that hold one sample in all lanes: products with the flow's weights run along the rows of
/// the result ([OneSampleProduct]) instead of along lanes that are all the same. For one thread.
final class OneSampleKernels extends FixedKernels {

    private OneSampleProduct[] products = new OneSampleProduct[0];
    private int next;

    OneSampleKernels(VectorKernels kernels, float[] theta) {
        super(kernels, theta);
    }

    @Override
    @Nullable
    FixedProduct dense(float[] theta, int wAt, int biasAt, int rows, int depth) {
        OneSampleProduct known = find(wAt);
        if (known == null) {
            return add(OneSampleProduct.dense(theta, wAt, biasAt, rows, depth));
        }
        return known.is(biasAt, rows, depth) ? known : null;
    }

    @Override
    @Nullable
    FixedProduct masked(Staircase shape, float[] theta, int wAt, int biasAt) {
        OneSampleProduct known = find(wAt);
        if (known == null) {
            return add(OneSampleProduct.masked(shape, theta, wAt, biasAt));
        }
        return known.is(shape, biasAt) ? known : null;
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
}
