package io.fluvial.simd;

import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Vector kernels whose dense products keep the flow's weights in panels ([PackedProduct]), each made when it is first
/// asked for. Masked products read theirs where they are: what eight rows see together is too little to gain
/// by it. For any number of threads.
final class PackedKernels extends FixedKernels {

    /// By place of the weights, so that they are found without looking at many.
    private static final class Known {
        private final int[] places;
        private final PackedProduct[] products;

        Known(int[] places, PackedProduct[] products) {
            this.places = places;
            this.products = products;
        }

        @Nullable
        PackedProduct find(int wAt) {
            int k = Arrays.binarySearch(places, wAt);
            return k < 0 ? null : products[k];
        }

        Known with(int wAt, PackedProduct product) {
            int k = -1 - Arrays.binarySearch(places, wAt);
            int[] morePlaces = new int[places.length + 1];
            PackedProduct[] moreProducts = new PackedProduct[places.length + 1];
            System.arraycopy(places, 0, morePlaces, 0, k);
            System.arraycopy(products, 0, moreProducts, 0, k);
            morePlaces[k] = wAt;
            moreProducts[k] = product;
            System.arraycopy(places, k, morePlaces, k + 1, places.length - k);
            System.arraycopy(products, k, moreProducts, k + 1, places.length - k);
            return new Known(morePlaces, moreProducts);
        }
    }

    private volatile Known known = new Known(new int[0], new PackedProduct[0]);

    PackedKernels(VectorKernels kernels, float[] theta) {
        super(kernels, theta);
    }

    @Override
    @Nullable
    FixedProduct dense(float[] theta, int wAt, int biasAt, int rows, int depth) {
        if (rows < PanelProduct.ROWS || depth == 0) {
            return null;
        }
        PackedProduct found = known.find(wAt);
        PackedProduct product = found != null ? found : pack(theta, wAt, biasAt, rows, depth);
        return product.is(biasAt, rows, depth) ? product : null;
    }

    private synchronized PackedProduct pack(float[] theta, int wAt, int biasAt, int rows, int depth) {
        PackedProduct found = known.find(wAt); // another thread may have been here
        if (found == null) {
            found = new PackedProduct(theta, wAt, biasAt, rows, depth);
            known = known.with(wAt, found);
        }
        return found;
    }

    @Override
    @Nullable
    FixedProduct masked(Staircase shape, float[] theta, int wAt, int biasAt) {
        return null;
    }
}
