package io.fluvial.train;

import io.fluvial.benchmarks.FlowSize;
import io.fluvial.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One whole [TrainingStep]. Rows per second are in the auxiliary counter.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingStepBenchmark {

    @Param
    private FlowSize size;

    @Param
    private FlowSize.Family family;

    @Param({"1", "2"})
    private int threads;

    private TrainingStep step;

    /// Counts samples beside steps.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Rows {
        public long rows;

        @Setup(Level.Iteration)
        public void reset() {
            rows = 0;
        }
    }

    @Setup
    public void setUp() {
        step = new TrainingStep(size, family, threads, Kernels.best());
    }

    @TearDown
    public void tearDown() {
        step.close();
    }

    @Benchmark
    public double step(Rows rows) {
        rows.rows += size.batch();
        return step.run();
    }
}
