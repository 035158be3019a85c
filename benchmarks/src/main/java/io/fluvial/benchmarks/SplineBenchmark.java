package io.fluvial.benchmarks;

import io.fluvial.Block;
import io.fluvial.ScalarBijector;
import io.fluvial.Workspace;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import io.fluvial.scalar.CubicSpline;
import io.fluvial.scalar.LinearRationalSpline;
import io.fluvial.scalar.RationalQuadraticSpline;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Splines with 8 bins, in nanoseconds per number: one feature of 128 samples, each with parameters of its own.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1) // some thirty loops have to be compiled
@Measurement(iterations = 3, time = 1)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class SplineBenchmark {

    private static final int LANES = Block.LANES;

    @Param({"scalar", "vector"})
    private String kernels;

    @Param({"rational-quadratic", "affine-tails", "linear-rational", "cubic"})
    private String spline;

    private int x;
    private int y;
    private int phi;
    private float[] data;
    private float[] gradients;
    private float[] gLogDet;
    private double[] logDet;
    private ColumnKernel column;

    @Setup
    public void setUp() {
        ScalarBijector map = map(spline);
        Workspace w = Workspace.keepingFor(LANES, 0);
        x = w.rows(1);
        y = w.rows(1);
        phi = w.rows(map.parameterCount());
        Block block = w.allocate(kernels.equals("scalar") ? Kernels.scalar() : Kernels.best());
        column = block.column(map);
        data = block.data();
        gradients = new float[data.length];
        gLogDet = new float[LANES];
        logDet = block.logDet();
        Random random = new Random(1);
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextGaussian();
            gradients[i] = (float) random.nextGaussian();
        }
        Arrays.fill(gLogDet, 1f);
    }

    private static ScalarBijector map(String spline) {
        return switch (spline) {
            case "rational-quadratic" -> RationalQuadraticSpline.of(8, 3);
            case "affine-tails" -> RationalQuadraticSpline.affine(8, 3);
            case "linear-rational" -> LinearRationalSpline.of(8, 3);
            case "cubic" -> CubicSpline.of(8, 3);
            default -> throw new IllegalArgumentException("no spline is called " + spline);
        };
    }

    @Benchmark
    @OperationsPerInvocation(LANES)
    public float[] forward() {
        column.forward(data, x, y, phi, LANES, logDet, LANES);
        return data;
    }

    @Benchmark
    @OperationsPerInvocation(LANES)
    public float[] inverse() {
        column.inverse(data, x, y, phi, LANES, logDet, LANES);
        return data;
    }

    @Benchmark
    @OperationsPerInvocation(LANES)
    public float[] forwardVjp() {
        column.forwardVjp(data, gradients, gLogDet, x, y, phi, LANES, LANES);
        return gradients;
    }
}
