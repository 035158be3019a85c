package io.fluvial.benchmarks;

import io.fluvial.kernel.Kernels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
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
/// is the machine's own: 16 independent chains of fused multiply-adds in registers, 16 · vector length · 2 · 1000
/// operations.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

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
        FloatVector a = FloatVector.broadcast(SPECIES, weights[0]);
        FloatVector b = FloatVector.broadcast(SPECIES, weights[1]);
        FloatVector s0 = a;
        FloatVector s1 = a;
        FloatVector s2 = a;
        FloatVector s3 = a;
        FloatVector s4 = a;
        FloatVector s5 = a;
        FloatVector s6 = a;
        FloatVector s7 = a;
        FloatVector s8 = b;
        FloatVector s9 = b;
        FloatVector s10 = b;
        FloatVector s11 = b;
        FloatVector s12 = b;
        FloatVector s13 = b;
        FloatVector s14 = b;
        FloatVector s15 = b;
        for (int i = 0; i < 1000; i++) {
            s0 = s0.fma(a, b);
            s1 = s1.fma(a, b);
            s2 = s2.fma(a, b);
            s3 = s3.fma(a, b);
            s4 = s4.fma(a, b);
            s5 = s5.fma(a, b);
            s6 = s6.fma(a, b);
            s7 = s7.fma(a, b);
            s8 = s8.fma(a, b);
            s9 = s9.fma(a, b);
            s10 = s10.fma(a, b);
            s11 = s11.fma(a, b);
            s12 = s12.fma(a, b);
            s13 = s13.fma(a, b);
            s14 = s14.fma(a, b);
            s15 = s15.fma(a, b);
        }
        FloatVector sum = s0.add(s1).add(s2).add(s3).add(s4.add(s5).add(s6).add(s7));
        return sum.add(s8.add(s9).add(s10).add(s11))
                .add(s12.add(s13).add(s14).add(s15))
                .reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
    }
}
