package io.fluvial.benchmarks;

import io.fluvial.kernel.Kernels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The three products of a layer, in nanoseconds; 2 · rows · depth · lanes / time is the rate in GFLOP/s. `fmaPeak`
/// is the machine's own, [FmaPeak#flops] operations.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {

    /// rows × depth × lanes.
    @Param({"64x64x128", "20x64x128", "64x5x128", "256x256x128", "512x512x128"})
    private String shape;

    private final Kernels kernels = Kernels.best();
    private int rows;
    private int depth;
    private int lanes;
    private float[] weights;
    private float[] data;
    private float[] gradients;
    private float[] weightGradients;

    @Setup
    public void setUp() {
        String[] sizes = shape.split("x", -1);
        rows = Integer.parseInt(sizes[0]);
        depth = Integer.parseInt(sizes[1]);
        lanes = Integer.parseInt(sizes[2]);
        Random random = new Random(1);
        weights = random(random, rows * depth + rows);
        data = random(random, (rows + depth) * lanes);
        gradients = random(random, (rows + depth) * lanes);
        weightGradients = new float[rows * depth + rows];
    }

    private static float[] random(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Benchmark
    public float[] linear() {
        kernels.linear(weights, 0, rows * depth, rows, depth, data, 0, depth * lanes, lanes, lanes);
        return data;
    }

    @Benchmark
    public float[] linearTranspose() {
        kernels.linearTranspose(weights, 0, rows, depth, gradients, depth * lanes, 0, false, lanes, lanes);
        return gradients;
    }

    @Benchmark
    public float[] linearGradient() {
        kernels.linearGradient(data, 0, gradients, depth * lanes, rows, depth, weightGradients, 0, lanes, lanes);
        return weightGradients;
    }

    @Benchmark
    public float fmaPeak() {
        return FmaPeak.run(weights[0], weights[1]);
    }
}
