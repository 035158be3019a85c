package io.fluvial.bench;

import io.fluvial.Block;
import io.fluvial.FlowPass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.ScalarBijector;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.kernel.ActivationKernel;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import io.fluvial.nn.Activation;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.MixtureOfLogistics;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.train.OptimiserStep;
import io.fluvial.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Every kernel of a training step by itself, on a block of 128 samples whose data stay in the caches, and the parts of
/// a step that are made of them.
///
/// @param name what it does, with its size
/// @param flops floating-point operations of the products in it, 0 for what is no product
/// @param bytes that it reads and writes at least, every number once
/// @param run one call
record KernelWork(String name, double flops, double bytes, Runnable run) {

    private static final int LANES = Block.LANES;
    private static final int FLOAT = 4;
    private static final int HEAD = 12; // as in a block, whose rows begin at cache lines where arrays do

    /// Buffers that kernels may share: nothing looks at what they compute.
    private static final class Rows {
        final float[] w = random(512 * 512 + 512);
        final float[] d = random(1200 * LANES);
        final float[] g = random(1200 * LANES);
        final float[] gw = new float[512 * 512 + 512];
        final double[] logDet = new double[LANES];
        final float[] gLogDet = new float[LANES];
    }

    static List<KernelWork> all(Kernels kernels) {
        List<KernelWork> works = new ArrayList<>();
        Rows rows = new Rows();
        for (int[] shape : new int[][] {{64, 5}, {64, 64}, {10, 64}, {256, 256}, {512, 512}}) {
            products(works, kernels, rows, shape[0], shape[1]);
        }
        for (int units : new int[] {64, 256}) {
            units(works, kernels, rows, units);
        }
        maps(works, kernels);
        for (FlowSize size : List.of(FlowSize.D10_W64, FlowSize.D43_W256)) {
            flow(works, kernels, size, FlowSize.Family.REAL_NVP);
        }
        return works;
    }

    private static void products(List<KernelWork> works, Kernels kernels, Rows b, int rows, int depth) {
        String size = " " + rows + " × " + depth;
        double flops = 2.0 * rows * depth * LANES;
        double bytes = FLOAT * ((double) rows * depth + (double) (rows + depth) * LANES);
        int out = HEAD + depth * LANES;
        works.add(new KernelWork(
                "product W·X" + size,
                flops,
                bytes,
                () -> kernels.linear(b.w, 0, rows * depth, rows, depth, b.d, HEAD, out, LANES, LANES)));
        Kernels fixed = kernels.forFixed(b.w);
        works.add(new KernelWork(
                "product W·X, W packed" + size,
                flops,
                bytes,
                () -> fixed.linear(b.w, 0, rows * depth, rows, depth, b.d, HEAD, out, LANES, LANES)));
        works.add(new KernelWork(
                "data gradient Wᵀ·G" + size,
                flops,
                bytes,
                () -> kernels.linearTranspose(b.w, 0, rows, depth, b.g, out, HEAD, false, LANES, LANES)));
        works.add(new KernelWork(
                "weight gradient G·Xᵀ" + size,
                flops,
                bytes + (double) FLOAT * rows * depth,
                () -> kernels.linearGradient(b.d, HEAD, b.g, out, rows, depth, b.gw, 0, LANES, LANES)));
    }

    private static void units(List<KernelWork> works, Kernels kernels, Rows b, int units) {
        String size = ", " + units + " units";
        double row = (double) FLOAT * units * LANES;
        ActivationKernel relu = Objects.requireNonNullElse(kernels.activation(Activation.RELU), Activation.RELU);
        ActivationKernel tanh = Objects.requireNonNullElse(kernels.activation(Activation.TANH), Activation.TANH);
        int in = HEAD + 600 * LANES;
        int out = HEAD + 850 * LANES;
        works.add(new KernelWork("ReLU" + size, 0, 2 * row, () -> relu.apply(b.d, in, in, units, LANES, LANES)));
        works.add(new KernelWork(
                "ReLU, pullback" + size, 0, 3 * row, () -> relu.vjp(b.d, b.g, in, in, units, LANES, LANES)));
        works.add(new KernelWork("tanh" + size, 0, 2 * row, () -> tanh.apply(b.d, in, out, units, LANES, LANES)));
        works.add(new KernelWork(
                "bias gradient" + size, 0, row, () -> kernels.rowSums(b.g, HEAD, units, b.gw, 0, LANES, LANES)));
    }

    /// Maps of one feature.
    private static void maps(List<KernelWork> works, Kernels kernels) {
        map(works, kernels, "affine map", Affine.bounded());
        map(works, kernels, "rational-quadratic spline, 8 bins", RationalQuadraticSpline.of(8, 3));
        map(works, kernels, "mixture of 8 logistics", MixtureOfLogistics.of(8));
    }

    private static void map(List<KernelWork> works, Kernels kernels, String name, ScalarBijector scalar) {
        ColumnKernel map = kernels.column(scalar);
        if (map == null) {
            return; // these kernels have none of their own
        }
        Rows b = new Rows(); // its own: with another's numbers for φ samples may leave the fast path
        int parameters = scalar.parameterCount();
        int x = HEAD;
        int y = HEAD + LANES;
        int phi = HEAD + 2 * LANES;
        double row = (double) FLOAT * LANES;
        works.add(new KernelWork(
                name, 0, (2 + parameters) * row, () -> map.forward(b.d, x, y, phi, LANES, b.logDet, LANES)));
        works.add(new KernelWork(
                name + ", pullback",
                0,
                (4 + 2 * parameters) * row,
                () -> map.forwardVjp(b.d, b.g, b.gLogDet, x, y, phi, LANES, LANES)));
    }

    /// A block's density and pullback, and the step they are part of.
    private static void flow(List<KernelWork> works, Kernels kernels, FlowSize size, FlowSize.Family family) {
        String name = " of " + family.flow() + " " + size;
        float[] theta = size.randomParameters(family);
        FlowPass pass = FlowPass.keepingFor(size.flow(family), LANES, kernels);
        pass.block().bind(theta);
        pass.load(size.samples(LANES), Samples.none(LANES), 0, LANES);
        Pullback pullback = Pullback.of(pass.block(), 0);
        float[] gTheta = new float[theta.length];
        pullback.bind(gTheta);
        double flops = size.flops(family) * LANES;
        works.add(new KernelWork("density" + name + ", a block", flops, 0, () -> {
            pass.block().begin(LANES);
            pass.logProb();
        }));
        works.add(new KernelWork("density and pullback" + name + ", a block", 3 * flops, 0, () -> {
            pass.block().begin(LANES);
            pass.logProb();
            Arrays.fill(pullback.gLogDet(), -1f / LANES);
            pass.logProbVjp(pullback);
        }));
        OptimiserStep optimiser = new OptimiserStep(size, family);
        works.add(new KernelWork("Adam" + name, 0, 7.0 * FLOAT * theta.length, optimiser::run));
        TrainingStep step = new TrainingStep(size, family, 1, kernels);
        works.add(new KernelWork(
                "training step" + name + ", batch " + size.batch(),
                3 * size.flops(family) * size.batch(),
                0,
                step::run));
    }

    private static float[] random(int size) {
        Random random = new Random(1);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        return values;
    }
}
