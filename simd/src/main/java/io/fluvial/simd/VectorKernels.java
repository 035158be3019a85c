package io.fluvial.simd;

import io.fluvial.kernel.ActivationKernel;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
import io.fluvial.nn.Activation;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.Bernstein;
import io.fluvial.scalar.CubicSpline;
import io.fluvial.scalar.DeepSigmoidal;
import io.fluvial.scalar.Gaussianization;
import io.fluvial.scalar.LinearRationalSpline;
import io.fluvial.scalar.LinearSpline;
import io.fluvial.scalar.MixtureOfLogistics;
import io.fluvial.scalar.PositiveIntegral;
import io.fluvial.scalar.QuadraticSpline;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Shift;
import io.fluvial.scalar.SumOfSquares;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The vector kernels, as `ServiceLoader` finds them.
public final class VectorKernels implements Kernels {

    private final String name;

    /// Refuses a JVM on which vectors would be objects: without C2 (interpreted, or the client's compiler
    /// only) every vector operation allocates and the scalar kernels are many times faster.
    ///
    /// @throws UnsupportedOperationException where it refuses; core then uses its scalar kernels
    public VectorKernels() {
        String mode = System.getProperty("java.vm.info", "");
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            throw new UnsupportedOperationException(
                    "the vector kernels need the C2 compiler, this JVM runs in " + mode);
        }
        name = "vector-" + Width.F.vectorBitSize(); // Width refuses what is narrower
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kernels forFixed(float[] theta) {
        return new PackedKernels(this, theta);
    }

    @Override
    public Kernels forOneSample(float[] theta) {
        return new OneSampleKernels(this, theta);
    }

    @Override
    public void linear(
            float[] w, int wAt, int biasAt, int rows, int depth, float[] d, int in, int out, int stride, int n) {
        Product.set(w, wAt, depth, 1, biasAt, rows, depth, d, in, stride, d, out, stride, n);
    }

    @Override
    public void linearTranspose(
            float[] w, int wAt, int rows, int depth, float[] g, int gOut, int gIn, boolean add, int stride, int n) {
        int panels = depth / PanelProduct.ROWS;
        int done = panels * PanelProduct.ROWS;
        int rest = gIn + done * stride;
        PanelProduct.transposed(w, wAt, depth, panels, rows, g, gOut, stride, g, gIn, add, n);
        if (add) {
            Product.add(w, wAt + done, 1, depth, depth - done, rows, g, gOut, stride, g, rest, stride, n);
        } else {
            Product.set(w, wAt + done, 1, depth, -1, depth - done, rows, g, gOut, stride, g, rest, stride, n);
        }
    }

    @Override
    public void linearGradient(
            float[] d, int in, float[] g, int gOut, int rows, int depth, float[] gw, int wAt, int stride, int n) {
        WeightGradient.add(d, in, g, gOut, rows, depth, gw, wAt, stride, n);
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
            int row = out + r * stride;
            Arrays.fill(d, row, row + n, biasAt < 0 ? 0f : w[biasAt + r]);
        }
        StaircaseProduct.add(shape, from, to, w, wAt, d, in, d, out, stride, n);
    }

    @Override
    public void linearTranspose(
            Staircase shape, int from, int to, float[] w, int wAt, float[] g, int gOut, int gIn, int stride, int n) {
        StaircaseTranspose.add(shape, from, to, w, wAt, g, gOut, gIn, stride, n);
    }

    @Override
    public void linearGradient(
            Staircase shape, float[] d, int in, float[] g, int gOut, float[] gw, int wAt, int stride, int n) {
        StaircaseGradient.add(shape, d, in, g, gOut, gw, wAt, stride, n);
    }

    @Override
    public void rowSums(float[] m, int mAt, int rows, float[] sums, int at, int stride, int n) {
        RowSums.add(m, mAt, rows, sums, at, stride, n);
    }

    @Override
    public @Nullable ActivationKernel activation(Enum<?> activation) {
        return activation instanceof Activation known ? VectorActivation.of(known) : null;
    }

    @Override
    public @Nullable ColumnKernel column(Object scalarBijector) {
        return switch (scalarBijector) {
            case Affine map -> VectorAffine.of(map);
            case RationalQuadraticSpline map -> VectorSpline.of(map);
            case CubicSpline map -> VectorCubicSpline.of(map);
            case LinearSpline map -> new VectorLinearSpline(map);
            case LinearRationalSpline map -> VectorLinearRationalSpline.of(map);
            case QuadraticSpline map -> new VectorQuadraticSpline(map);
            case Gaussianization map -> VectorGaussianization.of(map);
            case Bernstein map -> VectorBernstein.of(map);
            case SumOfSquares map -> VectorSumOfSquares.of(map);
            case PositiveIntegral map -> VectorPositiveIntegral.of(map);
            case MixtureOfLogistics map -> VectorLogisticMixture.of(map);
            case DeepSigmoidal map -> VectorLogisticMixture.of(map);
            case Shift _ -> new VectorShift();
            default -> null;
        };
    }
}
