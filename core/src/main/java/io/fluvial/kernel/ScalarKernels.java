package io.fluvial.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The reference: plain loops, lane by lane sums in the order of the formula.
final class ScalarKernels implements Kernels {

    static final ScalarKernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void linear(
            float[] w, int wAt, int biasAt, int rows, int depth, float[] d, int in, int out, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            int to = out + r * stride;
            Arrays.fill(d, to, to + n, biasAt < 0 ? 0f : w[biasAt + r]);
            for (int k = 0; k < depth; k++) {
                addScaled(d, to, w[wAt + r * depth + k], d, in + k * stride, n);
            }
        }
    }

    @Override
    public void linearTranspose(
            float[] w, int wAt, int rows, int depth, float[] g, int gOut, int gIn, boolean add, int stride, int n) {
        for (int k = 0; k < depth; k++) {
            int to = gIn + k * stride;
            if (!add) {
                Arrays.fill(g, to, to + n, 0f);
            }
            for (int r = 0; r < rows; r++) {
                addScaled(g, to, w[wAt + r * depth + k], g, gOut + r * stride, n);
            }
        }
    }

    private static void addScaled(float[] to, int at, float scale, float[] from, int fromAt, int n) {
        for (int i = 0; i < n; i++) {
            to[at + i] += scale * from[fromAt + i];
        }
    }

    @Override
    public void linearGradient(
            float[] d, int in, float[] g, int gOut, int rows, int depth, float[] gw, int wAt, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            int row = gOut + r * stride;
            for (int k = 0; k < depth; k++) {
                int column = in + k * stride;
                float sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += g[row + i] * d[column + i];
                }
                gw[wAt + r * depth + k] += sum;
            }
        }
    }

    @Override
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
        for (int r = from; r < to; r++) {
            int row = wAt + shape.start(r);
            linear(w, row, biasAt < 0 ? -1 : biasAt + r, 1, shape.length(r), d, in, out + r * stride, stride, n);
        }
    }

    @Override
    public void linearTranspose(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride, int n) {
        for (int r = from; r < to; r++) {
            int row = wAt + shape.start(r);
            linearTranspose(w, row, 1, shape.length(r), g, gOut + r * stride, gIn, true, stride, n);
        }
    }

    @Override
    public void linearGradient(
            Staircase shape, float[] d, int in, float[] g, int gOut, float[] gw, int wAt, int stride, int n) {
        for (int r = 0; r < shape.rows(); r++) {
            int row = wAt + shape.start(r);
            linearGradient(d, in, g, gOut + r * stride, 1, shape.length(r), gw, row, stride, n);
        }
    }

    @Override
    public void rowSums(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            float sum = 0;
            for (int i = 0; i < n; i++) {
                sum += m[mAt + r * stride + i];
            }
            sums[at + r] += sum;
        }
    }

    @Override
    public @Nullable ActivationKernel activation(Enum<?> activation) {
        return null;
    }

    @Override
    public @Nullable ColumnKernel column(Object scalarBijector) {
        return null;
    }
}
