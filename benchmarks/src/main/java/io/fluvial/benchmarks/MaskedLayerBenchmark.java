package io.fluvial.benchmarks;

import io.fluvial.Block;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
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

/// The three products of a hidden layer, masked (units spread over the degrees of `dim` features) and
/// dense, on a block of 128 lanes.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MaskedLayerBenchmark {

    private static final int LANES = Block.LANES;

    @Param({"64", "256", "512"})
    private int width;

    @Param({"6", "63", "200"})
    private int dim;

    private final Kernels kernels = Kernels.best();
    private Staircase shape;
    private float[] w;
    private float[] gw;
    private float[] d;
    private float[] g;
    private int out;

    @Setup
    public void setUp() {
        int[] length = new int[width];
        int degrees = dim - 1;
        for (int r = 0; r < width; r++) {
            int degree = (int) ((long) r * degrees / width);
            length[r] = (int) (((long) (degree + 1) * width + degrees - 1) / degrees); // units up to this degree
        }
        shape = Staircase.of(width, length);
        Random random = new Random(1);
        w = numbers(width * width + width, random);
        gw = new float[w.length];
        d = numbers(2 * width * LANES, random);
        g = numbers(2 * width * LANES, random);
        out = width * LANES;
    }

    private static float[] numbers(int count, Random random) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) (0.1 * random.nextGaussian());
        }
        return x;
    }

    @Benchmark
    public float[] denseForward() {
        kernels.linear(w, 0, width * width, width, width, d, 0, out, LANES, LANES);
        return d;
    }

    @Benchmark
    public float[] maskedForward() {
        kernels.linear(shape, 0, width, w, 0, width * width, d, 0, out, LANES, LANES);
        return d;
    }

    @Benchmark
    public float[] denseTranspose() {
        kernels.linearTranspose(w, 0, width, width, g, out, 0, false, LANES, LANES);
        return g;
    }

    @Benchmark
    public float[] maskedTranspose() {
        java.util.Arrays.fill(g, 0, out, 0f);
        kernels.linearTranspose(shape, 0, width, w, 0, g, out, 0, LANES, LANES);
        return g;
    }

    @Benchmark
    public float[] denseGradient() {
        kernels.linearGradient(d, 0, g, out, width, width, gw, 0, LANES, LANES);
        return gw;
    }

    @Benchmark
    public float[] maskedGradient() {
        kernels.linearGradient(shape, d, 0, g, out, gw, 0, LANES, LANES);
        return gw;
    }
}
