package io.fluvial.train;

import io.fluvial.Flow;
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

/// One whole training step: forward, pullback, sum, clip norm, Adam. Rows per second are in the auxiliary counter.
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingStepBenchmark {

    private static final int ROWS = 8192;

    @Param
    private FlowSize size;

    @Param
    private FlowSize.Family family;

    @Param({"1", "2"})
    private int threads;

    private TrainingData data;
    private int[] order;
    private BatchGradient gradient;
    private Weights weights;
    private Team team;
    private int from;

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
        Flow flow = size.flow(family);
        data = TrainingData.of(size.samples(ROWS));
        order = TrainingData.shuffled(ROWS, 1);
        TrainableRanges ranges = new TrainableRanges(flow.parameters());
        team = new Team(threads);
        gradient = new BatchGradient(flow, ranges, size.batch(), team, Kernels.best());
        weights = new Weights(size.randomParameters(family), ranges, AdamW.adam(1e-5), 0, team);
    }

    @TearDown
    public void tearDown() {
        team.close();
    }

    @Benchmark
    public double step(Rows rows) {
        double sum = gradient.run(data, order, from, size.batch(), weights.theta(), 1);
        double norm = gradient.norm();
        weights.update(gradient.gradient(), Math.min(1, 5 / norm), 1e-5);
        from = (from + size.batch()) % ROWS;
        rows.rows += size.batch();
        return sum;
    }
}
