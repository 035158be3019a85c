package io.fluvial.benchmarks;

import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.kernel.Kernels;
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

/// Rows per second of `FlowModel.logProb` and `sample`.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ScoringBenchmark {

    private static final int ROWS = 8192;

    @Param
    private FlowSize size;

    @Param
    private FlowSize.Family family;

    @Param({"1", "2"})
    private int threads;

    @Param({"best", "scalar"})
    private String kernels;

    private FlowModel model;
    private Samples samples;
    private Samples none;

    @Setup
    public void setUp() {
        var flow = size.flow(family);
        model = FlowModel.of(flow, Parameters.of(flow.parameters(), size.randomParameters(family)))
                .withThreads(threads)
                .withKernels(kernels.equals("best") ? Kernels.best() : Kernels.scalar());
        samples = size.samples(ROWS);
        none = Samples.none(ROWS);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double[] logProb() {
        return model.logProb(samples);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Samples sample() {
        return model.sample(none, 1);
    }
}
