package io.fluvial.simd;

/// Y = W·X + b from a copy of W in panels of eight rows ([PanelProduct]). The last rows, fewer than eight, are
/// read where they are. Every row adds the same products in the same order as [Product]: the same bits.
final class PackedProduct implements FixedKernels.FixedProduct {

    private final float[] theta;
    private final int wAt;
    private final int biasAt;
    private final int rows;
    private final int depth;
    private final int count;
    private final float[] packed;

    PackedProduct(float[] theta, int wAt, int biasAt, int rows, int depth) {
        this.theta = theta;
        this.wAt = wAt;
        this.biasAt = biasAt;
        this.rows = rows;
        this.depth = depth;
        this.count = rows / PanelProduct.ROWS;
        this.packed = new float[PanelProduct.size(count, depth)];
        for (int r = 0; r < count * PanelProduct.ROWS; r++) {
            for (int k = 0; k < depth; k++) {
                packed[PanelProduct.at(r, k, depth)] = theta[wAt + r * depth + k];
            }
        }
    }

    /// Whether it is the product of this matrix and no other at the same place.
    boolean is(int biasAt, int rows, int depth) {
        return this.biasAt == biasAt && this.rows == rows && this.depth == depth;
    }

    @Override
    public void apply(float[] d, int in, int out, int stride, int n) {
        PanelProduct.set(packed, theta, biasAt, count, depth, d, in, stride, d, out, n);
        int done = count * PanelProduct.ROWS;
        int bias = biasAt < 0 ? -1 : biasAt + done;
        int to = out + done * stride;
        Product.set(theta, wAt + done * depth, depth, 1, bias, rows - done, depth, d, in, stride, d, to, stride, n);
    }
}
