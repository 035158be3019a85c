package io.fluvial.peers;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// y = W·x + b as other libraries hold it: W is dense and row-major, a mask is a matrix of zeros and ones.
final class Dense {

    final int rows;
    final int depth;
    final float[] weight;
    final float[] bias;

    /// As large as the weight, which is zero where it is; null where all weights count.
    final float @Nullable [] mask;

    Dense(int rows, int depth, float[] weight, float[] bias, float @Nullable [] mask) {
        this.rows = rows;
        this.depth = depth;
        this.weight = weight;
        this.bias = bias;
        this.mask = mask;
    }

    /// Row r of the result is row `order[r]` of this.
    Dense rows(int[] order) {
        float[] w = new float[weight.length];
        float[] b = new float[rows];
        float[] m = mask == null ? null : new float[weight.length];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(weight, order[r] * depth, w, r * depth, depth);
            b[r] = bias[order[r]];
            if (mask != null && m != null) {
                System.arraycopy(mask, order[r] * depth, m, r * depth, depth);
            }
        }
        return new Dense(rows, depth, w, b, m);
    }

    /// Column k of this is column `to[k]` of the result.
    Dense columns(int[] to) {
        float[] w = new float[weight.length];
        float[] m = mask == null ? null : new float[weight.length];
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < depth; k++) {
                w[r * depth + to[k]] = weight[r * depth + k];
                if (mask != null && m != null) {
                    m[r * depth + to[k]] = mask[r * depth + k];
                }
            }
        }
        return new Dense(rows, depth, w, bias, m);
    }

    /// The rows `from … to − 1`, multiplied.
    Dense part(int from, int to, float factor) {
        float[] w = Arrays.copyOfRange(weight, from * depth, to * depth);
        float[] b = Arrays.copyOfRange(bias, from, to);
        for (int i = 0; i < w.length; i++) {
            w[i] *= factor;
        }
        for (int i = 0; i < b.length; i++) {
            b[i] *= factor;
        }
        return new Dense(to - from, depth, w, b, null);
    }
}
